/** `get` and `describe` of custom resources, as what kubectl prints of them. */
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: mice.zoo.example}
spec:
  group: zoo.example
  scope: Namespaced
  names: {kind: Mouse, plural: mice, singular: mouse, shortNames: [mc], categories: [all, rodents]}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      additionalPrinterColumns:
        - {name: Cheese, type: string, jsonPath: .spec.cheese}
        - {name: Holes, type: integer, jsonPath: .spec.holes}
        - {name: Tail, type: boolean, priority: 1, jsonPath: .spec.tail}
        - {name: State, type: string, jsonPath: .status.state}
        - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
`;
const mouse = `apiVersion: zoo.example/v1
kind: Mouse
metadata: {name: anna, labels: {a: b, c: d}, finalizers: [x.example/y]}
spec:
  cheese: brie
  holes: 3
  tail: true
  homeURL: https://anna.example
  x509: z
  friends: [bob, {name: cat, likes: [milk]}]
  song: |
    la
    lo
---
apiVersion: zoo.example/v1
kind: Mouse
metadata: {name: bare, namespace: farm}
spec: {holes: many}
`;
const others = `apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /x}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {a: "1", app.conf: "x = 1\\ny = 2\\n"}
binaryData: {bin: AAAA}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {password: hunter22}
data: {b: AAAA}
`;
const builtIn = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: x}
provisioner: x
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: x}
spec: {accessModes: [ReadWriteOnce, ReadOnlyMany], storageClassName: fast, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: x}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], hostPath: {path: /x}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: x}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: sa}]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: x}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: x}
value: 5
---
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: {name: x}
`;
const files = { 'crd.yaml': definition, 'mice.yaml': mouse, 'others.yaml': others };

async function shown(...argv: string[]): Promise<string> {
  const { out, err, code } = await run(argv, { files });
  expect({ err, code }).toEqual({ err: '', code: 0 });
  return out;
}

describe('get', () => {
  it.each(['mc', 'mice', 'mouse', 'Mouse', 'mice.zoo.example', 'mc.v1.zoo.example', 'rodents'])(
    '%s has the columns of the definition that are known without a cluster',
    async (word) => {
      expect(await shown('get', word)).toBe(
        'NAMESPACE   NAME   CHEESE   HOLES\ndefault     anna   brie     3\nfarm        bare\n',
      );
    },
  );

  it('-o wide has those of a lower priority', async () => {
    expect(await shown('get', 'mc', 'anna', '-o', 'wide')).toBe(
      'NAME   CHEESE   HOLES   TAIL   MANIFEST\nanna   brie     3       true   mice.yaml:1\n',
    );
  });

  it('KIND/NAME', async () => {
    expect(await shown('get', 'mc/anna', '-o', 'name')).toBe('mouse.zoo.example/anna\n');
  });

  it('all takes those of the category', async () => {
    expect(await shown('get', 'all')).toMatch(/mouse\.zoo\.example\/anna +brie +3\n/);
  });

  it('a kind of which there is a definition only is no mistake', async () => {
    const { err, code } = await run(['get', 'mc'], { files: { 'crd.yaml': definition } });
    expect({ err, code }).toEqual({ err: 'no mice found\n', code: 0 });
  });

  it('what has no namespace is in all of them, and needs no column for it', async () => {
    expect(await shown('get', 'pv', '-n', 'farm')).toMatch(/^NAME +CAPACITY.*\ndisk /);
    expect(await shown('get', 'pv', '-A')).toMatch(/^NAME +CAPACITY.*\ndisk /);
    expect(await shown('get', 'pv,cm')).toMatch(
      /^NAME +CAPACITY.*\npersistentvolume\/disk .*\n\nNAME +DATA\nconfigmap\/conf +3\n$/,
    );
  });

  it('a definition says that its kind belongs to no namespace', async () => {
    const cluster = { ...files, 'crd.yaml': definition.replace('Namespaced', 'Cluster') };
    const listed = await run(['get', 'mc', '-A'], { files: cluster });
    expect(listed.out).toBe('NAME   CHEESE   HOLES\nanna   brie     3\nbare\n');
    const described = await run(['describe', 'mc', 'anna'], { files: cluster });
    expect(described.out).toMatch(/^Name: +anna\nLabels:/);
  });

  it.each([
    [
      'sc',
      'PROVISIONER|RECLAIMPOLICY|VOLUMEBINDINGMODE|ALLOWVOLUMEEXPANSION',
      'x|Delete|Immediate|false',
    ],
    ['pvc', 'VOLUME|REQUEST|ACCESS MODES|STORAGECLASS', '<none>|1Gi|RWO,ROX|fast'],
    ['pv', 'CAPACITY|ACCESS MODES|RECLAIM POLICY|STORAGECLASS', '1Gi|RWX|Retain|<none>'],
    ['rolebindings', 'ROLE', 'Role/r'],
    ['ingressclass', 'CONTROLLER', 'k8s.io/ingress-nginx'],
    ['pc', 'VALUE|GLOBAL-DEFAULT|PREEMPTIONPOLICY', '5|false|PreemptLowerPriority'],
    // Of another project, with a name that Kubernetes has as well.
    ['jobs.batch.volcano.sh', '', ''],
  ])('%s has what kubectl has that is known without a cluster', async (kind, header, cells) => {
    const { out } = await run(['get', kind], { files: { 'all.yaml': builtIn } });
    const lines = out.split('\n').map((line) => line.replace(/ {2,}/g, '|'));
    expect(lines).toEqual(
      [['NAME', header], ['x', cells], ['']].map((row) => row.filter(Boolean).join('|')),
    );
  });

  it('definitions themselves', async () => {
    expect(await shown('get', 'crd')).toBe('NAME\nmice.zoo.example\n');
  });

  it('a path that is not there and no kind either', async () => {
    const { err, code } = await run(['get', 'overlays/prod'], { files });
    expect(code).toBe(2);
    expect(err).toContain('unknown kind "overlays"');
    expect(err).toContain('there is no path overlays/prod either');
  });
});

describe('describe', () => {
  const anna = `Name:         anna
Namespace:    default
Labels:       a=b
              c=d
Annotations:  <none>
Manifest:     mice.yaml:1
API Version:  zoo.example/v1
Kind:         Mouse
Metadata:
  Finalizers:
    x.example/y
Spec:
  Cheese:  brie
  Friends:
    bob
    Likes:
      milk
    Name:    cat
  Holes:     3
  Home URL:  https://anna.example
  Song:      la
             lo
  Tail:      true
  x509:      z
`;

  it.each([
    ['mc', 'anna'],
    ['mouse/anna'],
    ['mice.zoo.example', 'anna'],
    // What begins so, where nothing is called so.
    ['mc', 'an'],
  ])('%s %s', async (...argv) => {
    expect(await shown('describe', ...argv)).toBe(anna);
  });

  it('what a ConfigMap holds, and how much a Secret does', async () => {
    expect(await shown('describe', 'cm,secret')).toBe(`Name:         conf
Namespace:    default
Labels:       <none>
Annotations:  <none>
Manifest:     others.yaml:6

Data
====
a:
----
1

app.conf:
----
x = 1
y = 2


BinaryData
====
bin: 3 bytes


Name:         keys
Namespace:    default
Labels:       <none>
Annotations:  <none>
Manifest:     others.yaml:12

Type:  Opaque

Data
====
b:         3 bytes
password:  8 bytes
`);
  });

  it('two kinds of one name are not two units', async () => {
    const both = { 'a.yaml': others.replace('name: keys', 'name: conf') };
    expect((await run(['describe', 'cm,secret', 'conf'], { files: both })).err).toBe('');
  });

  it('what belongs to no namespace, whichever is asked for', async () => {
    expect(await shown('describe', 'pv', '-n', 'farm')).toMatch(/^Name: +disk\nLabels:/);
  });

  it('a kind that is nowhere', async () => {
    const { err, code } = await run(['describe', 'mic'], { files });
    expect(code).toBe(2);
    expect(err).toMatch(/unknown kind "mic".*mouse.*kubeplumb describe service mic/s);
  });
});
