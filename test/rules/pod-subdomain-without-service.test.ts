import { podSubdomainWithoutService } from '../../rules/name/pod-subdomain-without-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const service = (name: string, more = 'clusterIP: None, selector: { app: peer }'): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${more}, ports: [{ port: 7000 }] }\n`;
/** The subdomain stands on line 5. */
const peer = (subdomain: string, hostname = 'peer-1'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: peer-1, labels: { app: peer } }\nspec:\n  subdomain: ${subdomain}\n  hostname: "${hostname}"\n  containers: [{ name: main, image: store }]\n`;
const others = service('web', 'clusterIP: None, selector: { app: web }') + workload('web');

testRule(podSubdomainWithoutService, {
  valid: [
    { name: 'both fields, and the Service', yaml: peer('peers') + service('peers') },
    { name: 'no subdomain', yaml: peer('""') + service('peers') },
    {
      name: 'a StatefulSet overwrites it',
      yaml: workload('peer', { kind: 'StatefulSet', pod: 'subdomain: nobody' }) + service('peers'),
    },
    {
      name: 'an Indexed Job sets the hostname',
      yaml:
        'apiVersion: batch/v1\nkind: Job\nmetadata: { name: train }\nspec: { completionMode: Indexed, completions: 2, parallelism: 2, template: { metadata: { labels: { app: peer } }, spec: { subdomain: peers, restartPolicy: Never, containers: [{ name: main, image: store }] } } }\n' +
        service('peers'),
    },
    {
      name: 'no Service was read',
      yaml: peer('peers'),
      unknown: [
        'Service "peers" was not found, but no Service of namespace default was read together with it',
      ],
    },
    { name: 'a name that is filled in later', yaml: peer("'${NAME}'") + service('peers') },
    {
      name: 'a Service that selects nothing is a fault of its own',
      yaml: peer('peers') + service('peers', 'clusterIP: None, selector: { app: pear }'),
    },
  ],
  invalid: [
    {
      name: 'misspelt',
      yaml: peer('peer') + service('peers'),
      errors: [
        {
          id: 'nearName',
          line: 5,
          column: 14,
          endColumn: 18,
          message: 'there is no Service "peer" in namespace default; did you mean "peers"?',
          help: 'change it to peers',
          related: ['11:19 this Service'],
          safety: 'safe',
        },
      ],
      output: peer('peers') + service('peers'),
    },
    {
      name: 'in another namespace',
      yaml: peer('peers') + others + service('peers, namespace: far'),
      errors: [
        {
          id: 'otherNamespace',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          message: 'there is no Service "peers" in namespace default; there is Service far/peers',
          help: 'write a headless Service (clusterIP: None) named peers that selects the pods',
          related: ['21:37 this Service'],
        },
      ],
    },
    {
      name: 'the only one there is',
      yaml: peer('group') + service('mesh'),
      errors: [
        {
          id: 'otherName',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          message: 'there is no Service "group" in namespace default; there is "mesh"',
          help:
            'correct the name, or write a headless Service (clusterIP: None) named group that ' +
            'selects the pods',
          related: ['11:19 this Service'],
        },
      ],
    },
    {
      name: 'nothing near',
      yaml: peer('group') + service('mesh') + others,
      errors: [
        {
          id: 'missing',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          message: 'there is no Service "group" in namespace default in the 4 objects read',
          help: 'write a headless Service (clusterIP: None) named group that selects the pods',
        },
      ],
    },
    {
      name: 'a Service of other pods',
      yaml: peer('web') + others,
      errors: [
        {
          id: 'others',
          line: 5,
          column: 14,
          endColumn: 17,
          message: 'the Service "web" selects app=web, which these pods do not have',
          help: 'name the headless Service that selects app=peer, or correct its selector',
          related: ['12:26 Service web'],
        },
      ],
    },
    {
      name: 'no selector',
      yaml: peer('peers') + service('peers', 'clusterIP: None'),
      errors: [
        {
          id: 'unselective',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          message: 'the Service "peers" has no selector, so it never has these pods',
          help: 'name a headless Service (clusterIP: None) that selects app=peer',
          related: ['12:1 Service peers'],
        },
      ],
    },
    {
      name: 'an ExternalName',
      yaml: peer('peers') + service('peers', 'type: ExternalName, externalName: p.example.com'),
      errors: [
        {
          id: 'external',
          line: 5,
          column: 14,
          endColumn: 19,
          message: 'the Service "peers" is an ExternalName, under which no pod has a name',
          help: 'name a headless Service (clusterIP: None) that selects app=peer',
          related: ['12:9 Service peers'],
        },
      ],
    },
    {
      name: 'a cluster IP',
      yaml: peer('peers') + service('peers', 'selector: { app: peer }'),
      errors: [
        {
          id: 'clusterIP',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'info',
          title: 'Pod default/peer-1 needs its Service to be headless',
          message:
            'the Service "peers" has a cluster IP: the names of pods are only promised under a headless one',
          help: 'add clusterIP: None to the Service',
          related: ['11:19 the Service of this name'],
        },
      ],
    },
    {
      name: 'no hostname',
      yaml: peer('peers', '') + service('peers'),
      errors: [
        {
          id: 'hostname',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          title: 'Pod default/peer-1 has a subdomain but no hostname',
          message:
            'hostname is left out: "peers" leads to the pods, but none of them has a name of its own under it',
          help: 'add a hostname, or use a StatefulSet, which gives each pod one; if the Service is enough, take the subdomain out',
          related: ['11:19 the Service of this name'],
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: peer('peers') + service('peers-headless') + others,
      errors: [
        {
          id: 'otherName',
          line: 5,
          column: 14,
          endColumn: 19,
          severity: 'warning',
          safety: 'unsafe',
        },
      ],
      output: peer('peers-headless') + service('peers-headless') + others,
    },
    {
      name: 'no hostname, in a template',
      yaml: workload('peer', { pod: 'subdomain: peers' }) + service('peers'),
      errors: [{ id: 'hostname', line: 5, column: 163, endColumn: 168, severity: 'warning' }],
    },
  ],
});
