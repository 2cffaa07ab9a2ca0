/** What options of the library must be, for callers without types. */
import { isNamespaceName, newestMinorVersion, oldestMinorVersion } from '../cluster/options.ts';
import { getOwn } from '../own.ts';
import { unitModes } from '../units/unit.ts';
import { hasFields, shown, wantList, wantOptions } from './wanted.ts';

type Form =
  | { readonly wanted: string; readonly fits: (value: unknown) => boolean }
  | { readonly listOf: string; readonly fits: (value: unknown) => boolean };

const isText = (value: unknown): boolean => typeof value === 'string';
const isSwitch: Form = { wanted: 'true or false', fits: (value) => typeof value === 'boolean' };
const isFunction: Form = { wanted: 'a function', fits: (value) => typeof value === 'function' };
const families: Form = {
  listOf: "'IPv4' and 'IPv6'",
  fits: (value) => value === 'IPv4' || value === 'IPv6',
};
const anything: Form = { wanted: 'anything', fits: () => true };

const oneOf = (values: readonly string[]): Form => ({
  wanted: values.map((value) => `'${value}'`).join(', '),
  fits: (value) => values.some((known) => known === value),
});

const isMinor = (value: unknown): boolean =>
  Number.isInteger(value) &&
  Number(value) >= oldestMinorVersion &&
  Number(value) <= newestMinorVersion;

/** Every option there is, those that `readConfig` gives for others included. */
const forms: Readonly<Record<string, Form>> = {
  kubernetesMinor: {
    wanted: `the N of Kubernetes 1.N, ${oldestMinorVersion} to ${newestMinorVersion},`,
    fits: isMinor,
  },
  ipFamilies: families,
  ipFamiliesAssumed: isSwitch,
  podIPFamilies: families,
  serviceRanges: { listOf: 'ranges of addresses', fits: isText },
  oneCluster: isSwitch,
  namespace: {
    wanted: 'the name of a namespace',
    fits: (value) => typeof value === 'string' && isNamespaceName(value),
  },
  workloads: {
    listOf: 'kinds that make pods, as readConfig gives them,',
    fits: (value) => hasFields(value, 'kind'),
  },
  scenario: anything,
  assumed: {
    listOf: 'what load gives',
    fits: (value) => hasFields(value, 'file', 'documents'),
  },
  unit: oneOf(unitModes),
  units: { listOf: 'units, as readConfig gives them,', fits: (value) => hasFields(value, 'name') },
  mayExist: isFunction,
  rules: { listOf: 'rules themselves', fits: (value) => hasFields(value, 'meta', 'messages') },
  severities: {
    wanted: 'what readConfig gives',
    fits: (value) => isFunction.fits((value as { runs?: unknown } | null)?.runs),
  },
  assume: { listOf: 'what parseAssumption gives', fits: (value) => hasFields(value, 'kind') },
  ignores: isSwitch,
  requireReason: isSwitch,
  safety: oneOf(['safe', 'unsafe']),
  mayChange: isFunction,
  failOn: anything,
  isIgnored: anything,
  assumedPaths: anything,
  baseline: anything,
  plugins: anything,
};

/** @throws TypeError for an option that there is not, or a value that it cannot have */
export function checkOptions(options: object, call: string): void {
  wantOptions(options, call, Object.keys(forms));
  for (const [name, value] of Object.entries(options)) {
    const form = getOwn(forms, name);
    if (form === undefined || value === undefined) continue;
    if ('listOf' in form)
      wantList(value, call, `a list of ${form.listOf} as its option ${name}`, form.fits);
    else if (!form.fits(value))
      throw new TypeError(
        `${call} takes ${form.wanted} as its option ${name}, not ${shown(value)}`,
      );
  }
}
