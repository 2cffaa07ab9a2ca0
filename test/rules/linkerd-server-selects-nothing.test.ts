import { linkerdServerSelectsNothing } from '../../rules/selector/linkerd-server-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(linkerdServerSelectsNothing, {
  valid: [
    {
      name: 'by name',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: http
        `,
      ),
    },
    {
      name: 'by number',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: 4191
        `,
      ),
    },
    {
      name: 'other pods',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: orders } }
            port: http
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a slip',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: wbe } }
            port: http
        `,
      ),
      errors: [
        {
          id: 'pods',
          line: 22,
          column: 3,
          endColumn: 14,
          message: 'no pod has app=wbe; Deployment default/web has app=web',
        },
      ],
    },
    {
      name: 'a port that is not declared',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: policy.linkerd.io/v1beta3
          kind: Server
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            port: https
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 23,
          column: 9,
          endColumn: 14,
          message: 'Deployment default/web has no port "https"; it declares http',
          related: ['4:9 its pods'],
        },
      ],
    },
  ],
});
