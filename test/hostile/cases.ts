/** Inputs that a stranger could put into a pull request: small ones of every kind that has been a fault, and what must hold of them. */
import { deployment, service } from '../cli/run.ts';

export interface HostileCase {
  /** By path below the repository. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Symbolic links, by path below the repository. */
  readonly links?: Readonly<Record<string, string>>;
  /** Beside the repository, in `outside/`. */
  readonly outside?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly formats?: readonly string[];
  /** In what is printed. */
  readonly says?: RegExp;
  readonly never?: RegExp;
  readonly codes?: readonly number[];
  /** Characters that may be printed. */
  readonly atMost?: number;
}

/** A workload that is restarted for what its annotation lists. */
const reloading = (name: string, list: string): string =>
  deployment(name).replace(
    'metadata:\n',
    `metadata:\n  annotations: { configmap.reloader.stakater.com/reload: "${list}" }\n`,
  );

const bad = deployment('web') + service('web', { target: 'htpp' });
/** What is wrong with `bad`. */
const found = /target-port-name-unresolved/;
const times = <T>(count: number, each: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => each(index));
const everyFormat = [
  'pretty',
  'oneline',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'markdown',
];
const secret = 'token: hunter2: secret\n';
const bom = Uint8Array.of(0xff, 0xfe, 0x61, 0x00);

export const hostileCases: Readonly<Record<string, HostileCase>> = {
  // Files that are none, or not the repository's.
  'a link to a device': {
    links: { 'a.yaml': '/dev/zero' },
    files: { 'w.yaml': bad },
    says: found,
    codes: [2],
  },
  'a resource that is a device': {
    files: { 'kustomization.yaml': 'resources: [/dev/zero]\n', 'w.yaml': bad },
  },
  'a resource that waits': {
    files: { 'kustomization.yaml': 'resources: [/dev/stdin]\n', 'w.yaml': bad },
  },
  'a .gitignore that is a device': {
    links: { '.gitignore': '/dev/zero' },
    files: { 'w.yaml': bad },
    says: found,
  },
  'a configuration that is a device': {
    links: { 'kubeplumb.yaml': '/dev/zero' },
    files: { 'w.yaml': bad },
    codes: [2],
  },
  'assumed objects of a device': {
    files: { 'kubeplumb.yaml': 'assume: [{file: /dev/zero}]\n', 'w.yaml': bad },
    codes: [2],
  },
  'a baseline that is a device': {
    files: { 'kubeplumb.yaml': 'baseline: /dev/zero\n', 'w.yaml': bad },
    codes: [2],
  },
  'a baseline outside': {
    outside: { 'secret.txt': secret },
    files: { 'kubeplumb.yaml': 'baseline: ../outside/secret.txt\n', 'w.yaml': bad },
    never: /hunter2/,
    codes: [2],
  },
  'a baseline that is not a JSON': {
    files: { 'kubeplumb.yaml': 'baseline: secret.txt\n', 'secret.txt': secret, 'w.yaml': bad },
    never: /hunter2/,
    codes: [2],
  },
  'assumed objects outside': {
    outside: { 'secret.yaml': secret },
    files: { 'kubeplumb.yaml': 'assume: [{file: ../outside/secret.yaml}]\n', 'w.yaml': bad },
    never: /hunter2/,
    codes: [2],
  },
  'names outside that are nearly right': {
    outside: { 'hunter2.yaml': '' },
    files: { 'kubeplumb.yaml': 'assume: [{file: ../outside/hunter3.yaml}]\n', 'w.yaml': bad },
    never: /hunter2/,
    codes: [2],
  },
  'a patch outside': {
    outside: { 'secret.txt': secret },
    files: {
      'kustomization.yaml': 'resources: [w.yaml]\npatches: [{path: ../outside/secret.txt}]\n',
      'w.yaml': bad,
    },
    formats: everyFormat,
    never: /hunter2/,
    codes: [2],
  },
  'a patch from .git': {
    files: {
      '.git/config': secret,
      'k8s/kustomization.yaml': 'resources: [w.yaml]\npatches: [{path: ../.git/config}]\n',
      'k8s/w.yaml': bad,
    },
    never: /hunter2/,
    codes: [2],
  },
  'a link outside': {
    outside: { 'secret.yaml': secret },
    links: { 'l.yaml': '../outside/secret.yaml' },
    files: { 'w.yaml': bad },
    formats: everyFormat,
    never: /hunter2/,
    codes: [2],
  },
  'a link to a directory outside': {
    outside: { 'secret.yaml': secret },
    links: { away: '../outside' },
    files: { 'kustomization.yaml': 'resources: [away/secret.yaml, w.yaml]\n', 'w.yaml': bad },
    never: /hunter2/,
    codes: [2],
  },
  'links in a circle': {
    links: { 'a.yaml': 'b.yaml', 'b.yaml': 'a.yaml', d: '.' },
    files: { 'w.yaml': bad },
    says: found,
    codes: [2],
  },
  'a fix outside': {
    outside: { 'victim.yaml': bad },
    links: { 'l.yaml': '../outside/victim.yaml' },
    files: { 'kustomization.yaml': 'resources: [../outside/victim.yaml]\n' },
    argv: ['--fix=unsafe'],
  },
  'a report over a link': {
    outside: { 'target.txt': 'precious\n' },
    links: { 'k.md': '../outside/target.txt' },
    files: { 'w.yaml': bad },
    argv: ['-o', 'markdown=k.md'],
    codes: [2],
  },
  'a baseline over a link': {
    outside: { 'target.txt': 'precious\n' },
    links: { 'kubeplumb-baseline.json': '../outside/target.txt' },
    files: { 'w.yaml': bad },
    argv: ['--update-baseline'],
    codes: [2],
  },
  'a plugin of the configuration': {
    files: {
      'kubeplumb.yaml': 'plugins: [./p.mjs]\n',
      'p.mjs': 'console.log("hunter2")\n',
      'w.yaml': bad,
    },
    never: /hunter2/,
    codes: [2],
  },

  // What cannot be read.
  'Latin-1': {
    files: { 'api.yaml': Buffer.from(`# caf\xe9\n${bad}`, 'latin1'), 'w.yaml': deployment('web') },
    formats: everyFormat,
    says: /api\.yaml/,
    codes: [2],
  },
  'UTF-16': {
    files: { 'api.yaml': bom, 'w.yaml': deployment('web') },
    formats: everyFormat,
    says: /api\.yaml/,
    codes: [2],
  },

  // Patterns.
  'a .gitignore that takes ages': {
    files: { '.gitignore': `${'**/a/'.repeat(8)}b\n`, [`${'a/'.repeat(60)}w.yaml`]: bad },
  },
  'units that take ages': {
    files: {
      'kubeplumb.yaml': `units: [{name: x, paths: ["${'**/'.repeat(15)}b"]}]\n`,
      [`${'a/'.repeat(60)}w.yaml`]: bad,
    },
  },
  'names that take ages': {
    files: {
      'kubeplumb.yaml':
        'overrides: [{names: "*a*a*a*a*a*a*a*a*b", rules: {target-port-name-unresolved: warning}}]\n',
      'w.yaml': deployment('a'.repeat(60)) + service('a'.repeat(60), { target: 'htpp' }),
    },
  },
  'ignored paths that take ages': {
    files: {
      'kubeplumb.yaml': `ignorePaths: ["${'**/a/'.repeat(8)}b"]\n`,
      [`${'a/'.repeat(60)}w.yaml`]: bad,
    },
  },

  // Names that every object has.
  'a group called constructor': {
    files: {
      'a.yaml': 'apiVersion: constructor\nkind: Service\nmetadata: {name: a}\n',
      'w.yaml': bad,
    },
    says: found,
  },
  'kinds called __proto__ and constructor': {
    files: {
      'a.yaml':
        'apiVersion: v1\nkind: __proto__\nmetadata: {name: a}\n---\napiVersion: apps/v1\nkind: constructor\nmetadata: {name: b}\n',
      'w.yaml': bad,
    },
    says: found,
  },
  'a group called constructor in a kustomization': {
    files: {
      'kustomization.yaml': 'namespace: x\nresources: [a.yaml, w.yaml]\n',
      'a.yaml': 'apiVersion: constructor/v1\nkind: Foo\nmetadata: {name: a}\n',
      'w.yaml': bad,
    },
    says: found,
  },
  'labels called constructor and toString': {
    files: {
      'a.yaml': ['a', 'b']
        .map((name) =>
          (deployment(name) + service(name)).replaceAll(
            `app: ${name}`,
            `app: ${name}\n        constructor: v1.2.3\n        toString: 1.0.0`,
          ),
        )
        .join(''),
      'w.yaml': bad,
    },
    says: found,
  },

  // Much of one thing.
  'aliases in every document': {
    files: {
      'a.yaml': times(
        30,
        (i) =>
          `apiVersion: v1\nkind: Service\nmetadata: {name: a${i}}\nb: &b [${'x,'.repeat(1000)}]\nc: [${'*b,'.repeat(24)}]\n`,
      ).join('---\n'),
    },
  },
  'a chain of merges': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${times(200, (i) => `k${i}: &k${i}\n${i > 0 ? `  <<: *k${i - 1}\n` : ''}  v${i}: 1\n`).join('')}`,
    },
  },
  'many containers': {
    files: {
      'a.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n      containers:\n${times(700, (i) => `      - {name: c${i}, image: x, ports: [{containerPort: 80}]}\n`).join('')}`,
      'w.yaml': bad,
    },
    says: found,
  },
  'a diamond of kustomizations': {
    files: Object.fromEntries([
      ['k0/kustomization.yaml', 'resources: [w.yaml]\n'],
      ['k0/w.yaml', bad],
      ...times(10, (i) => i + 1).flatMap((i) =>
        ['a', 'b'].map((side) => [
          `k${i}${side}/kustomization.yaml`,
          `namePrefix: ${side}\nresources: [${i === 1 ? '../k0' : `../k${i - 1}a, ../k${i - 1}b`}]\n`,
        ]),
      ),
    ]),
  },
  'deep nesting': { files: { 'a.yaml': `x: ${'['.repeat(5000)}\n`, 'w.yaml': bad }, says: found },
  'duplicate keys': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n${times(4000, (i) => `    k${i % 2000}: v\n`).join('')}`,
    },
  },
  'many host names on a line': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: b, env: [{name: X, value: "${times(3000, (i) => `a${i}.b:80`).join(' ')}"}]}\n`,
    },
  },
  'directories in a chain': {
    files: Object.fromEntries(
      times(150, (i) => [
        `d${i}/w.yaml`,
        deployment(`a${i}`) + service(`a${i}`, { app: `a${i + 1}` }),
      ]),
    ),
  },
  'Services and pods all alike': {
    files: {
      'a.yaml': times(
        150,
        (i) => deployment(`a${i}`, { app: 'a' }) + service(`a${i}`, { app: 'a' }),
      ).join(''),
    },
  },
  'policies that select everything': {
    files: {
      'a.yaml': times(
        100,
        (i) =>
          `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p${i}}\nspec: {podSelector: {}, ingress: [{ports: [{port: ${i + 1}}]}]}\n---\n${deployment(`a${i}`)}${service(`a${i}`)}`,
      ).join(''),
    },
  },
  'unknown backends': {
    files: {
      'a.yaml': times(
        20,
        (i) =>
          `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i${i}}\nspec:\n  rules:\n  - http:\n      paths:\n${times(20, (j) => `      - {path: /${j}, pathType: Prefix, backend: {service: {name: missing-${i}-${j}, port: {number: 80}}}}\n`).join('')}---\n${deployment(`service-${i}`)}${service(`service-${i}`)}`,
      ).join(''),
    },
  },
  'long selectors': {
    files: {
      'a.yaml': times(10, (i) => {
        const labels = times(100, (j) => `k${j}: v${i}`).join(', ');
        return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a${i}}\nspec:\n  selector: {matchLabels: {${labels}}}\n  template:\n    metadata: {labels: {${labels}}}\n    spec: {containers: [{name: c, image: x}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a${i}}\nspec: {selector: {${labels}}, ports: [{port: 80}]}\n`;
      }).join('---\n'),
    },
  },
  'misspelt Services': {
    files: {
      'a.yaml': times(
        200,
        (i) =>
          deployment(`a${i}`, { app: `workload-number-${i}x` }) +
          service(`a${i}`, { app: `workload-number-${i}` }),
      ).join(''),
    },
  },
  grants: {
    files: {
      'a.yaml': times(
        100,
        (i) =>
          `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r${i}, namespace: a}\nspec: {parentRefs: [{name: g}], rules: [{backendRefs: [{name: s${i}, namespace: b, port: 80}]}]}\n---\napiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: {name: g${i}, namespace: b}\nspec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: c${i}}], to: [{group: "", kind: Service}]}\n`,
      ).join('---\n'),
    },
  },

  // Each of many with each of many: what equal ones share is worked out once, and the rest has a limit that is told.
  'budgets that select by what is not there': {
    files: {
      'a.yaml': times(
        800,
        (i) =>
          `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p${i}}\nspec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: NotIn, values: [q${i}]}]}}\n---\n${deployment(`web-${i}`)}`,
      ).join(''),
    },
    says: /more than \d+ comparisons/,
    codes: [2],
  },
  'monitors that take every Service': {
    files: {
      'a.yaml': times(
        400,
        (i) =>
          `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: m${i}}\nspec: {selector: {}, endpoints: [{port: metrics}]}\n---\n${deployment(`web-${i}`)}${service(`web-${i}`)}`,
      ).join(''),
    },
    codes: [0, 1],
  },
  'Services with the same pods and ports of their own': {
    files: {
      'a.yaml': times(
        600,
        (i) =>
          deployment(`w${i}`, { app: 'web' }) +
          service(`s${i}`, { app: 'web' }).replace('http', `p${i}`),
      ).join(''),
    },
    says: /workloads behind them/,
    codes: [2],
  },
  'subsets that nobody defines': {
    files: {
      'a.yaml': `${deployment('web')}${service('web')}${times(
        400,
        (i) =>
          `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v${i}}\nspec:\n  hosts: [web]\n  http: [{route: [{destination: {host: web, subset: s${i}x}}]}]\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: d${i}}\nspec: {host: web, subsets: [{name: s${i}, labels: {app: web}}]}\n`,
      ).join('---\n')}`,
    },
    codes: [1],
  },
  'peers in namespaces that are misspelt': {
    files: {
      'a.yaml': times(
        3000,
        (i) =>
          `apiVersion: v1\nkind: Namespace\nmetadata: {name: namespace-${i + 10000}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: namespace-${i + 10000}}\nspec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: namepsace-${i + 10000}}}}]}]}\n`,
      ).join('---\n'),
    },
    says: /network-policy-peer-absent/,
  },
  'monitors that no Prometheus reads': {
    files: {
      'a.yaml': times(
        3000,
        (i) =>
          `apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: p${i}}\nspec: {serviceMonitorSelector: {matchLabels: {r: a${i}}}}\n---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: m${i}, labels: {r: b${i}}}\nspec: {selector: {matchLabels: {a: b}}, endpoints: [{port: x}]}\n`,
      ).join('---\n'),
    },
    says: /monitor-not-selected/,
  },
  'variables that are nearly defined': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: b:1\n    env:\n${times(8000, (i) => `    - {name: VARIABLE_${i + 10000}, value: "$(VARIABEL_${i + 10000})"}\n`).join('')}`,
    },
    says: /variable-undefined/,
  },
  'keys that a ConfigMap does not have': {
    files: {
      'a.yaml': `${deployment('web').replace('image: x', `image: x, env: [${times(2000, (i) => `{name: U${i}, valueFrom: {configMapKeyRef: {name: cm, key: k${i}x}}}`).join()}]`)}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {${times(2000, (i) => `k${i}: v`).join()}}\n`,
    },
  },
  'annotations that list what is no name': {
    files: {
      'a.yaml': ['(((', `(a+)+$,${'a'.repeat(40)}!`, `(.*)*(.*)*x,${'ab '.repeat(60)}`]
        .map((list, i) => reloading(`web${i}`, list))
        .join('---\n'),
    },
    codes: [0],
  },
  'an annotation that lists thousands of names': {
    files: { 'a.yaml': reloading('web', times(15_000, (i) => `settings-${i}`).join()) },
  },
  'patches for every object': {
    files: {
      'kustomization.yaml': `resources: [w.yaml]\npatches:\n${times(2000, (i) => `- {patch: '[{"op": "replace", "path": "/spec/ports/0/port", "value": ${i}}]', target: {kind: Service, name: "${i % 8 === 0 ? 'w.*' : 'web'}${i}"}}\n`).join('')}`,
      'w.yaml': times(1000, (i) => deployment(`web${i}`) + service(`web${i}`)).join(''),
    },
    says: /change their objects more than/,
    codes: [2],
  },
  'objects that nothing mends': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n${times(3000, (i) => `  slector${i}: x\n`).join('')}`,
    },
  },

  // Regular expressions, and texts that make them go back and forth.
  'a port that is a regular expression': {
    files: {
      'a.yaml': `apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: m}\nspec: {selector: {matchLabels: {app: web}}, podMetricsEndpoints: [{port: "(a+)+b"}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: x, ports: [{containerPort: 80, name: ${'a'.repeat(40)}}]}]}\n`,
    },
  },
  'lines that a comment and a line of Windows share': {
    files: {
      'a.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n${'#\r\n'.repeat(60)}x: 1\n`,
      'w.yaml': bad,
    },
    says: found,
  },
  'a target that is a regular expression': {
    files: {
      'kustomization.yaml':
        'resources: [w.yaml]\npatches: [{patch: "[]", target: {name: "(a+)+b"}}]\n',
      'w.yaml': deployment('a'.repeat(60)),
    },
  },
  ...Object.fromEntries(
    ['$(', '${a', '{{', '<a', '#{', '[', '((', '1.', 'a:80 ', 'http://', 'a.', '__a'].map(
      (text) => [
        `a value of nothing but ${text}`,
        {
          files: {
            'a.json': JSON.stringify({
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: { name: 'web', labels: { app: text.repeat(30_000) } },
              spec: {
                containers: [
                  {
                    name: 'c',
                    image: text.repeat(30_000),
                    args: [text.repeat(30_000)],
                    env: [{ name: 'U', value: text.repeat(30_000) }],
                    readinessProbe: { httpGet: { port: 8080 } },
                  },
                ],
              },
            }),
            '.gitignore': `${text.repeat(30_000)}\n`,
            'w.yaml': bad,
          },
          says: found,
        },
      ],
    ),
  ),

  // What is printed.
  'commands in names of directories': {
    files: {
      '::error::PWNED/w.yaml': bad,
      'a\n::warning::NOTE/w.yaml': bad,
      '##[error]x/w.yaml': bad,
      '##vso[task]x/w.yaml': bad,
    },
    formats: everyFormat,
    never: /^\s*::(error|warning)::(PWNED|NOTE)|^(?!::).*##\w*\[/m,
  },
  'a terminal steered by names': {
    files: {
      'a\u001b]8;;https://example.com\u0007/w.yaml': bad,
      'b\u202e/w.yaml': bad,
      'w.yaml': `${bad}# \u001b[2J\n`,
    },
    formats: everyFormat,
    never: /[\u001b\u0007\u202e]/, // eslint-disable-line no-control-regex
  },
  'links in values': {
    files: {
      'w.yaml': deployment('web') + service('web', { target: '"[x](https://example.com)"' }),
    },
    formats: ['markdown'],
    never: /(?<!\\)\]\(https:\/\/example/,
  },
};
