/** One side of a comparison, put together from the pictures of its units. */
import type { Cluster } from '../cluster/cluster.ts';
import { runningContainers } from '../cluster/containers.ts';
import { type PodSet, workloadText } from '../cluster/pods.ts';
import type { LintResult } from '../lint/diagnostic.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import type { Manifest, ManifestDocument } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import type { UnreadInput } from '../report/lint-report.ts';
import { judges, type Unit } from '../units/unit.ts';
import type { EndpointsSide, PortEndpoints, ServiceEndpoints } from './endpoints-side.ts';
import { serviceEndpoints } from './service-endpoints.ts';

export class SideBuilder {
  readonly #services: ServiceEndpoints[] = [];
  readonly #workloads = new Map<string, Map<string, string>>();
  readonly #missing = new Map<string, readonly string[]>();
  readonly #refused = new Map<string, string>();
  readonly #assumed: ReadonlySet<SourceFile>;

  /** Services of `assumed` files are somebody else's. */
  constructor(assumed: ReadonlySet<SourceFile>) {
    this.#assumed = assumed;
  }

  add(unit: Unit, cluster: Cluster, unseen: Unseen): void {
    for (const service of cluster.services) {
      const { file } = service.object.source.document;
      if (!this.#assumed.has(file) && judges(unit, file))
        this.#services.push(serviceEndpoints(service, unit, cluster, unseen));
    }
    for (const { kind, namespace = '', name, refusals } of cluster.objects.refused)
      if (kind === 'Service')
        this.#refused.set(
          `${namespace}/${name}`,
          `the API server would refuse it: ${refusals[0]?.message ?? ''}`,
        );
    let workloads = this.#workloads.get(unit.name);
    if (workloads === undefined)
      this.#workloads.set(unit.name, (workloads = new Map<string, string>()));
    for (const set of cluster.pods.all)
      workloads.set(`${set.namespace}/${workloadText(set)}`, whatRuns(set));
    this.#missing.set(unit.name, [...(this.#missing.get(unit.name) ?? []), ...unit.missing]);
  }

  /**
   * `result` is what lint says of the same units: where it leaves a question open, nothing is said
   * to be gone.
   */
  side(
    manifests: readonly Manifest[],
    problems: readonly UnreadInput[],
    { unknowns }: Pick<LintResult, 'unknowns'>,
  ): EndpointsSide {
    const unread = new Map(problems.map(({ path, message }) => [path, `${path} ${message}`]));
    for (const { documents } of manifests) {
      const document = documents.find(mayHoldService);
      if (document !== undefined) unread.set(document.file.path, unreadText(document));
    }
    const services = this.#withOpen(unknowns);
    const files = new Set(manifests.map(({ file }) => file.path));
    return {
      services,
      files,
      workloads: this.#workloads,
      refused: this.#refused,
      missing: this.#missing,
      unread,
    };
  }

  /**
   * What is asked of one Service is not asked of all others of its name: it is the one in the file
   * of the question, or any, where that is in a file of none (a patch).
   */
  #withOpen(unknowns: LintResult['unknowns']): ServiceEndpoints[] {
    const homes = new Set(
      this.#services.map(({ file, namespace, name }) => placed(file, namespace, name)),
    );
    const open = new Map<string, string>();
    for (const { rule, object, file, reason } of unknowns) {
      if (object?.kind !== 'Service' || !deciding.has(rule)) continue;
      const { namespace = '', name } = object;
      const home = placed(file, namespace, name);
      open.set(homes.has(home) ? home : `${namespace}/${name}`, reason);
    }
    return this.#services.map((service) => {
      const { file, namespace, name } = service;
      return asOpen(
        service,
        open.get(placed(file, namespace, name)) ?? open.get(`${namespace}/${name}`),
      );
    });
  }
}

function placed({ path }: SourceFile, namespace: string, name: string): string {
  return `${path}\n${namespace}/${name}`;
}

/** Images without their versions, and ports: what stays where a workload only gets another name. */
function whatRuns({ spec }: PodSet): string {
  return JSON.stringify(
    runningContainers(spec).map(({ container: { image = '', ports = [] } }) => [
      image.replace(/@.*$|:[^/:]*$/s, ''),
      ports.map(({ containerPort }) => containerPort),
    ]),
  );
}

/** The rules whose questions decide whether a Service has endpoints. */
const deciding = new Set([
  'service-selects-nothing',
  'service-without-endpoints',
  'target-port-name-unresolved',
]);

function asOpen(service: ServiceEndpoints, reason: string | undefined): ServiceEndpoints {
  if (reason === undefined || service.answer !== 'none') return service;
  const ports = service.ports.map((port): PortEndpoints =>
    port.answer === 'none' ? { ...port, answer: 'unknown', reason } : port,
  );
  return { ...service, answer: 'unknown', reason, ports };
}

function mayHoldService({ state, problem, kind }: ManifestDocument): boolean {
  const isUnread = state === 'template' || (state === 'broken' && problem?.code !== 'type-meta');
  return isUnread && (kind === undefined || kind === 'Service' || kind === 'List');
}

function unreadText({ file, index, state }: ManifestDocument): string {
  return (
    `document ${index + 1} of ${file.path} ` +
    `${state === 'template' ? 'is a template that was not rendered' : 'could not be read'}`
  );
}
