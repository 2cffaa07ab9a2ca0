import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/cluster/apiserver/decode.ts';
import type { JsonObject } from '../../../src/kubernetes/json.ts';
import { deployment, service } from './objects.ts';

const decodeService = (spec: JsonObject, minor = 36) =>
  decode(service(spec), 'v1', 'Service', minor);
const decodeDeployment = (container: JsonObject, podSpec: JsonObject = {}, minor = 36) =>
  decode(deployment(container, podSpec), 'apps/v1', 'Deployment', minor);

describe('what decodes', () => {
  test('nulls in mappings are dropped as kubectl apply drops them, lists keep theirs', () => {
    const { value, refusals } = decodeService({
      selector: { app: null },
      ports: [null, { port: 80, name: null }],
      clusterIP: null,
    });
    expect(refusals).toEqual([]);
    expect(value['spec']).toEqual({ selector: {}, ports: [{}, { port: 80 }] });
  });
  test('a null item of a list of strings is the empty string', () => {
    expect(decodeDeployment({ args: ['a', null] }).value).toMatchObject({
      spec: { template: { spec: { containers: [{ args: ['a', ''] }] } } },
    });
  });
  test('the given object is neither changed nor shared', () => {
    const given = service({ unknown: 1 });
    const before = structuredClone(given);
    const { value } = decode(given, 'v1', 'Service', 36);
    expect(given).toEqual(before);
    expect(value['spec']).not.toBe(given['spec']);
  });
  test.each([
    '1',
    '0.5',
    '500m',
    '1.5Gi',
    '1e3',
    '1E',
    '.5',
    '5.',
    '+1',
    '-1',
    '100n',
    ' 1 ',
    2,
    0.1,
  ])('quantity %j', (cpu) => {
    expect(decodeDeployment({ resources: { limits: { cpu } } }).refusals).toEqual([]);
  });
});

describe('what does not', () => {
  const context = 'spec.template.spec.containers';
  test.each<[title: string, container: JsonObject, message: string, help: string | undefined]>([
    [
      'boolean as name',
      { name: true },
      `bool into Go struct field Container.${context}.name of type string`,
      'quote the value, YAML reads it as a boolean',
    ],
    [
      'number as value',
      { env: [{ name: 'A', value: 1 }] },
      `number into Go struct field EnvVar.${context}.env.value of type string`,
      'quote the value: "1"; YAML reads it as a number',
    ],
    [
      'quoted port',
      { ports: [{ containerPort: '80' }] },
      `string into Go struct field ContainerPort.${context}.ports.containerPort of type int32`,
      'remove the quotes: 80',
    ],
    [
      'fraction',
      { ports: [{ containerPort: 80.5 }] },
      `number 80.5 into Go struct field ContainerPort.${context}.ports.containerPort of type int32`,
      'write a whole number',
    ],
    [
      'beyond int32',
      { ports: [{ containerPort: 2 ** 31 }] },
      `number 2147483648 into Go struct field ContainerPort.${context}.ports.containerPort of type int32`,
      undefined,
    ],
    [
      'named type',
      { ports: [{ protocol: 6 }] },
      `number into Go struct field ContainerPort.${context}.ports.protocol of type v1.Protocol`,
      'quote the value: "6"; YAML reads it as a number',
    ],
    [
      'map for list',
      { ports: { containerPort: 80 } },
      `object into Go struct field Container.${context}.ports of type []v1.ContainerPort`,
      'write a list: begin the item with "- "',
    ],
    [
      'list for struct',
      { resources: [] },
      `array into Go struct field Container.${context}.resources of type v1.ResourceRequirements`,
      undefined,
    ],
    [
      'embedded struct',
      { readinessProbe: { exec: 'true' } },
      `string into Go struct field Probe.${context}.readinessProbe.ProbeHandler.exec of type v1.ExecAction`,
      undefined,
    ],
  ])('%s', (_, container, message, help) => {
    const [refusal] = decodeDeployment(container).refusals;
    expect(refusal).toMatchObject({
      type: 'Wrong type',
      message: `json: cannot unmarshal ${message}`,
    });
    expect(refusal?.help).toBe(help);
  });
  test('the field is left out and its place in a list is kept', () => {
    const { value, refusals } = decodeService({ ports: ['80', { port: 'x', name: 'a' }] });
    expect((value['spec'] as JsonObject)['ports']).toEqual([{}, { name: 'a' }]);
    expect(refusals.map((refusal) => refusal.path)).toEqual([
      ['spec', 'ports', 0],
      ['spec', 'ports', 1, 'port'],
    ]);
  });
  test('errors come in the order of sorted keys; those of custom decoders first, unknown fields last', () => {
    const { refusals } = decodeDeployment({
      zzz: 1,
      ports: [{ containerPort: 'x' }],
      args: [1],
      readinessProbe: { httpGet: { port: true } },
    });
    expect(refusals.map((refusal) => refusal.path.at(-1))).toEqual([
      'port',
      0,
      'containerPort',
      'zzz',
    ]);
  });
});

describe('unknown fields', () => {
  test.each<[title: string, spec: JsonObject, path: string, help: string | undefined]>([
    [
      'wrong case',
      { ports: [{ port: 80, targetport: 80 }] },
      'spec.ports[0].targetport',
      'did you mean targetPort?',
    ],
    ['a slip', { sessionAfinity: 'None' }, 'spec.sessionAfinity', 'did you mean sessionAffinity?'],
    ['swapped letters', { ports: [{ prot: 80 }] }, 'spec.ports[0].prot', 'did you mean port?'],
    ['nothing near', { replicas: 1 }, 'spec.replicas', undefined],
  ])('%s', (_, spec, path, help) => {
    const [refusal] = decodeService(spec).refusals;
    expect(refusal).toMatchObject({
      type: 'Unknown field',
      part: 'key',
      message: `unknown field "${path}"`,
    });
    expect(refusal?.help).toBe(help);
  });
  test('a field is unknown before the release that brought it', () => {
    expect(decodeService({ trafficDistribution: 'PreferClose' }, 30).refusals).toEqual([]);
    expect(decodeService({ trafficDistribution: 'PreferClose' }, 29).refusals).toMatchObject([
      { message: 'unknown field "spec.trafficDistribution"', help: 'known since Kubernetes 1.30' },
    ]);
  });
  test('releases older and newer than the table are taken for its first and last', () => {
    expect(decodeService({}, 20).refusals).toEqual([]);
    expect(decodeService({ trafficDistribution: 'PreferClose' }, 99).refusals).toEqual([]);
  });
});

describe('placeholders', () => {
  test('pass for any scalar', () => {
    const ports = [{ port: '${PORT}', name: '{{ name }}', targetPort: '$(PORT)' }];
    const { value, refusals, incomplete } = decodeService({
      ports,
      publishNotReadyAddresses: '{{ x }}',
    });
    expect({ refusals, incomplete }).toEqual({ refusals: [], incomplete: [] });
    expect(value['spec']).toMatchObject({ ports, publishNotReadyAddresses: '{{ x }}' });
  });
  test('leave out structs, lists and maps', () => {
    const { value, refusals, incomplete } = decodeService({
      ports: '{{ ports }}',
      selector: '${SELECTOR}',
      sessionAffinityConfig: '{{ x }}',
    });
    expect(refusals).toEqual([]);
    expect(value['spec']).toEqual({});
    expect(incomplete).toEqual([
      ['spec', 'selector'],
      ['spec', 'ports'],
      ['spec', 'sessionAffinityConfig'],
    ]);
  });
  test('as keys make the mapping incomplete', () => {
    const { refusals, incomplete } = decodeService({
      selector: { '{{ key }}': 'x' },
      '{{ include }}': 'y',
    });
    expect(refusals).toEqual([]);
    expect(incomplete).toEqual([['spec', 'selector'], ['spec']]);
  });
});
