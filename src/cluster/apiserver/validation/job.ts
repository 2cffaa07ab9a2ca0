/**
 * Jobs and CronJobs: pkg/apis/batch/validation/validation.go, pkg/registry/batch/job/strategy.go.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { booleanAt, isSet, numberAt, objectAt, stringAt, stringMapAt } from '../fields.ts';
import { requireOneOf, validateNonnegative, validateOneOfUnlessEmpty } from './checks.ts';
import { validateObjectMeta } from './metadata.ts';
import { isDNS1123Label, isDNS1123Subdomain } from './names.ts';
import { validatePodTemplate } from './pod.ts';
import { scheduleProblem, timeZoneProblem } from './schedule.ts';
import { printSelector, selectorMatch, validateLabelSelector } from './selectors.ts';
import { refuseTemplateLabels } from './workload.ts';

const specPath = FieldPath.of('spec');
const namePath = FieldPath.of('metadata').child('name');

/** `ValidateJob`. */
export function validateJob(errors: FieldErrors, job: JsonObject): void {
  validateObjectMeta(errors, job, isDNS1123Subdomain);
  const spec = objectAt(job, 'spec') ?? {};
  const name = stringAt(objectAt(job, 'metadata'), 'name');
  const manual = booleanAt(spec, 'manualSelector');
  const selector = objectAt(spec, 'selector');
  if (manual === false)
    validateGeneratedSelector(errors, spec, name, stringAt(objectAt(job, 'metadata'), 'uid'));
  validateJobSpec(errors, spec, specPath);
  if (manual === true && selector === undefined) errors.required(specPath.child('selector'));
  validateLabelSelector(errors, selector, specPath.child('selector'));
  if (manual === true) {
    const labels = stringMapAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
    if (
      selectorMatch(selector, labels ?? {}) === false &&
      !errors.isIncomplete(specPath.child('selector'))
    ) {
      refuseTemplateLabels(errors, labels);
    }
  }
  const completions = isSet(spec, 'completions') ? numberAt(spec, 'completions') : undefined;
  if (
    stringAt(spec, 'completionMode') === 'Indexed' &&
    completions !== undefined &&
    completions > 0 &&
    !isPlaceholder(name)
  ) {
    const hostname = `${name}-${completions - 1}`;
    if (isDNS1123Label(hostname).length > 0)
      errors.invalid(
        namePath,
        name,
        `will not able to create pod with invalid DNS label: ${hostname}`,
      );
  }
}

/**
 * `generateSelector`, then `validateGeneratedSelector`: the API server adds labels with the Job's
 * name and uid to the template, and selects by the uid. Whoever wrote a selector, or such labels,
 * did not know the uid; what is refused is shown with `*` for the uid, which is new with each try.
 * A Job that carries the very uid was read from a cluster, which had accepted it: to apply it there
 * again is an update, and changes nothing.
 */
function validateGeneratedSelector(
  errors: FieldErrors,
  spec: JsonObject,
  name: string,
  uid: string,
): void {
  const templatePath = specPath.child('template').child('metadata');
  const labels = stringMapAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels') ?? {};
  for (const key of [
    'controller-uid',
    'job-name',
    ...(errors.minor >= 27
      ? ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name']
      : []),
  ]) {
    const given = getOwn(labels, key);
    if (given === undefined || (key.endsWith('job-name') && given === name) || isPlaceholder(name))
      continue;
    if (uid !== '' && given === uid) continue;
    const expected = key.endsWith('job-name') ? name : 'the uid of the Job';
    errors.invalid(templatePath.child('labels').key(key), given, `must be '${expected}'`, {
      at: templatePath.child('labels').key(key),
    });
  }
  const selector = objectAt(spec, 'selector');
  if (selector === undefined) return;
  const selected = stringMapAt(selector, 'matchLabels') ?? {};
  if (
    uid !== '' &&
    (selected['controller-uid'] ?? selected['batch.kubernetes.io/controller-uid']) === uid
  )
    return;
  const generated: Record<string, string> = { 'job-name': name };
  if (errors.minor >= 27) generated['batch.kubernetes.io/job-name'] = name;
  if (selectorMatch(selector, generated) === false && !isPlaceholder(name)) {
    const uidLabel = errors.minor >= 27 ? 'batch.kubernetes.io/controller-uid' : 'controller-uid';
    const withUid: JsonObject = {
      ...selector,
      matchLabels: { ...objectAt(selector, 'matchLabels'), [uidLabel]: '*' },
    };
    const help = 'drop the selector, the API server makes one; or set manualSelector: true';
    errors.invalid(
      specPath.child('selector'),
      printSelector(withUid),
      '`selector` not auto-generated',
      { help },
    );
  }
}

const numbers = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
];

/** `validateJobSpec`, without pod failure and success policies. */
function validateJobSpec(errors: FieldErrors, spec: JsonObject, path: FieldPath): void {
  validateNonnegative(errors, spec, path, ...numbers);
  const mode = stringAt(spec, 'completionMode');
  validateOneOfUnlessEmpty(errors, spec, 'completionMode', ['NonIndexed', 'Indexed'], path);
  if (mode === 'Indexed') {
    if (!isSet(spec, 'completions'))
      errors.required(path.child('completions'), 'when completion mode is Indexed');
    const parallelism = numberAt(spec, 'parallelism');
    if (parallelism !== undefined && parallelism > 100000) {
      errors.invalid(
        path.child('parallelism'),
        parallelism,
        'must be less than or equal to 100000 when completion mode is Indexed',
      );
    }
  } else if (isSet(spec, 'backoffLimitPerIndex') && !isPlaceholder(mode)) {
    errors.invalid(
      path.child('backoffLimitPerIndex'),
      spec['backoffLimitPerIndex'],
      'requires indexed completion mode',
    );
  }
  validatePodTemplate(errors, objectAt(spec, 'template'), path.child('template'));
  const restartPolicy = stringAt(objectAt(objectAt(spec, 'template'), 'spec'), 'restartPolicy');
  const restartPath = path.child('template').child('spec').child('restartPolicy');
  if (restartPolicy === 'Always' || restartPolicy === '')
    errors.required(restartPath, 'valid values: "OnFailure", "Never"');
  else if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never')
    errors.notSupported(restartPath, restartPolicy, ['OnFailure', 'Never']);
}

function validateSchedule(errors: FieldErrors, schedule: string, path: FieldPath): void {
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) errors.invalid(path, schedule, problem);
  if (schedule.includes('TZ'))
    errors.invalid(
      path,
      schedule,
      'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    );
}

/** `ValidateCronJobCreate`. */
export function validateCronJob(errors: FieldErrors, cronJob: JsonObject): void {
  validateObjectMeta(errors, cronJob, isDNS1123Subdomain);
  const spec = objectAt(cronJob, 'spec') ?? {};
  const schedule = stringAt(spec, 'schedule');
  const schedulePath = specPath.child('schedule');
  if (schedule === '') errors.required(schedulePath);
  else validateSchedule(errors, schedule, schedulePath);
  if (isSet(spec, 'timeZone')) {
    const zone = stringAt(spec, 'timeZone');
    const problem = timeZoneProblem(zone);
    if (problem !== undefined) errors.invalid(specPath.child('timeZone'), zone, problem);
  }
  validateNonnegative(errors, spec, specPath, 'startingDeadlineSeconds');
  requireOneOf(errors, spec, 'concurrencyPolicy', ['Allow', 'Forbid', 'Replace'], specPath);
  const jobPath = specPath.child('jobTemplate').child('spec');
  const jobSpec = objectAt(objectAt(spec, 'jobTemplate'), 'spec') ?? {};
  validateJobSpec(errors, jobSpec, jobPath);
  const selector = objectAt(jobSpec, 'selector');
  if (selector !== undefined)
    errors.invalid(
      jobPath.child('selector'),
      printSelector(selector),
      '`selector` will be auto-generated',
    );
  if (booleanAt(jobSpec, 'manualSelector') === true)
    errors.notSupported(jobPath.child('manualSelector'), true, ['nil', 'false']);
  validateNonnegative(
    errors,
    spec,
    specPath,
    'successfulJobsHistoryLimit',
    'failedJobsHistoryLimit',
  );
  const name = stringAt(objectAt(cronJob, 'metadata'), 'name');
  if (name.length > 52) errors.invalid(namePath, name, 'must be no more than 52 characters');
}
