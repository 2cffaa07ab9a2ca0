import { istioHostMissing } from '../../rules/reference/istio-host-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { destinationRule, pods, service, virtualService } from '../support/wiring.ts';
import { workload } from '../support/yaml.ts';

const entry =
  '---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: away, namespace: shop }\nspec: { hosts: [wbe, "*.legacy"] }\n';

testRule(istioHostMissing, {
  valid: [
    { name: 'a short name', yaml: virtualService('host: web') + service('web') + pods },
    {
      name: 'a full name',
      yaml: virtualService('host: web.shop.svc.cluster.local', 'edge') + service('web') + pods,
    },
    {
      name: 'a host outside',
      yaml: virtualService('host: wbe.example.com') + service('web') + pods,
    },
    {
      name: 'a host of two labels outside',
      yaml: virtualService('host: example.com') + service('web') + pods,
    },
    {
      name: 'a wildcard',
      yaml: destinationRule('"*.shop.svc.cluster.local"', '') + service('web') + pods,
    },
    {
      name: 'the host of a ServiceEntry',
      yaml: virtualService('host: wbe') + entry + service('web') + pods,
    },
    {
      name: 'a host below one of a ServiceEntry',
      yaml: virtualService('host: web.legacy') + entry + service('web') + pods,
    },
    {
      name: 'a host that is filled in later',
      yaml: virtualService('host: "${HOST}"') + service('web') + pods,
    },
    {
      name: 'nothing of the namespace was read',
      yaml: virtualService('host: api.billing.svc.cluster.local') + service('web') + pods,
      unknown: [
        'Service "api" in namespace billing was not found, but no workload of namespace billing was read together with it',
      ],
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml: virtualService('host: wbe') + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 38,
          endColumn: 41,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: virtualService('host: web') + service('web') + pods,
    },
    {
      name: 'a slip in a full name',
      yaml: virtualService('host: wbe.shop.svc.cluster.local', 'edge') + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 38,
          endColumn: 41,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: virtualService('host: web.shop.svc.cluster.local', 'edge') + service('web') + pods,
    },
    {
      name: 'a mirror',
      yaml:
        virtualService('host: web') +
        '      mirror: { host: wbe }\n      mirrors: [{ destination: { host: wbe } }]\n' +
        service('web') +
        pods,
      errors: [
        {
          id: 'nearName',
          line: 7,
          column: 23,
          endColumn: 26,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
        {
          id: 'nearName',
          line: 8,
          column: 40,
          endColumn: 43,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output:
        virtualService('host: web') +
        '      mirror: { host: web }\n      mirrors: [{ destination: { host: web } }]\n' +
        service('web') +
        pods,
    },
    {
      name: 'a DestinationRule',
      yaml: destinationRule('wbe', '') + service('web') + pods,
      errors: [
        {
          id: 'nearName',
          line: 6,
          column: 9,
          endColumn: 12,
          message: 'there is no Service "wbe" in namespace shop; did you mean "web"?',
          help: 'change it to web',
          safety: 'safe',
        },
      ],
      output: destinationRule('web', '') + service('web') + pods,
    },
    {
      name: 'a short name in another namespace',
      yaml:
        virtualService('host: web', 'edge') +
        service('gate', { namespace: 'edge' }) +
        workload('gate', { namespace: 'edge' }) +
        service('web') +
        pods,
      errors: [
        {
          id: 'otherNamespace',
          line: 6,
          column: 38,
          endColumn: 41,
          message: 'there is no Service "web" in namespace edge; there is Service shop/web',
          help: 'write its full name: web.shop.svc.cluster.local',
        },
      ],
    },
    {
      name: 'a name that holds the other',
      yaml: virtualService('host: web-v2') + service('web') + pods,
      errors: [
        {
          id: 'otherName',
          line: 6,
          column: 38,
          endColumn: 44,
          severity: 'warning',
          message: 'there is no Service "web-v2" in namespace shop; there is "web"',
          help: 'change it to web, or add a Service named web-v2',
          safety: 'unsafe',
        },
      ],
      output: virtualService('host: web') + service('web') + pods,
    },
    {
      name: 'nothing like it',
      yaml: virtualService('host: billing') + service('api') + service('web') + pods,
      errors: [
        {
          id: 'missing',
          line: 6,
          column: 38,
          endColumn: 45,
          severity: 'warning',
          message: 'there is no Service "billing" in namespace shop in the 4 objects read',
          help: 'correct the name, or add a Service "billing" in namespace shop',
        },
      ],
    },
    {
      name: 'a name with a dot is not completed',
      yaml: virtualService('host: web.shop') + service('web') + pods,
      errors: [
        {
          id: 'partial',
          line: 6,
          column: 38,
          endColumn: 46,
          message:
            '"web.shop" is not completed, for it has a dot, and no Service is called that; did you mean "web.shop.svc.cluster.local"?',
          help: 'change it to web.shop.svc.cluster.local',
          safety: 'safe',
        },
      ],
      output: virtualService('host: web.shop.svc.cluster.local') + service('web') + pods,
    },
  ],
});
