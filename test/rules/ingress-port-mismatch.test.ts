import { ingressPortMismatch } from '../../rules/reference/ingress-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const ingress = (port: string, { metadata = '', ingressClass = 'traefik' } = {}): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop${metadata} }\nspec: { ${ingressClass && `ingressClassName: ${ingressClass}, `}defaultBackend: { service: { name: web, port: { ${port} } } } }\n`;
const service = (ports: string, spec = 'selector: { app: web }, '): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ${spec}ports: [${ports}] }\n`;
const http = '{ name: http, port: 80, targetPort: 8080 }';
const nginxClass = (name: string, controller: string): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name} }\nspec: { controller: ${controller} }\n`;

testRule(ingressPortMismatch, {
  valid: [
    { name: 'by number', yaml: ingress('number: 80') + service(http) },
    { name: 'by name', yaml: ingress('name: http') + service(http) },
    {
      name: 'the number of a second port',
      yaml: ingress('number: 81') + service(`${http}, { name: admin, port: 81 }`),
    },
    {
      name: 'an ExternalName at any number',
      yaml:
        ingress('number: 8443') +
        service(http, 'type: ExternalName, externalName: shop.example.org, '),
    },
    { name: 'a Service that does not exist', yaml: ingress('number: 80') + workload('web') },
    {
      name: 'ports that are filled in later',
      yaml:
        ingress('number: 8080') +
        service('{ name: http, port: 80 }, { name: "${NAME}", port: 81 }'),
      unknown: ['the ports of Service default/web are filled in later'],
    },
    {
      name: 'an action of the AWS load balancer controller',
      yaml:
        ingress('name: use-annotation', {
          metadata: `, annotations: { alb.ingress.kubernetes.io/actions.web: '{"Type":"redirect"}' }`,
        }) + service(http),
    },
  ],
  invalid: [
    {
      name: 'the number that the pods listen on',
      yaml: ingress('number: 8080') + service(http),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 92,
          endColumn: 96,
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output: ingress('number: 80') + service(http),
    },
    {
      name: 'the number that the pods listen on, by a name',
      yaml:
        ingress('number: 8080') +
        service('{ name: http, port: 80, targetPort: web }, { name: admin, port: 81 }') +
        workload('web', { ports: '{ name: web, containerPort: 8080 }' }),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 92,
          endColumn: 96,
          message:
            'port 8080 is where the pods listen; the Service itself has 80 ("http"); known ports: 80 ("http"), 81 ("admin")',
          safety: 'safe',
        },
      ],
      output:
        ingress('number: 80') +
        service('{ name: http, port: 80, targetPort: web }, { name: admin, port: 81 }') +
        workload('web', { ports: '{ name: web, containerPort: 8080 }' }),
    },
    {
      name: 'the name that the port has in the pods',
      yaml:
        ingress('name: web') +
        service(`${http}, { name: admin, port: 81 }`) +
        workload('web', { ports: '{ name: web, containerPort: 8080 }' }),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 90,
          endColumn: 93,
          message:
            'port "web" is where the pods listen; the Service itself has 80 ("http"); known ports: 80 ("http"), 81 ("admin")',
          safety: 'safe',
        },
      ],
      output:
        ingress('name: http') +
        service(`${http}, { name: admin, port: 81 }`) +
        workload('web', { ports: '{ name: web, containerPort: 8080 }' }),
    },
    {
      name: 'ingress-nginx by class takes the target port',
      yaml: ingress('number: 8080', { ingressClass: 'nginx' }) + service(http),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 90,
          endColumn: 94,
          severity: 'info',
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output: ingress('number: 80', { ingressClass: 'nginx' }) + service(http),
    },
    {
      name: 'ingress-nginx by an annotation that only it reads',
      yaml:
        ingress('number: 8080', {
          ingressClass: '',
          metadata: ', annotations: { nginx.ingress.kubernetes.io/rewrite-target: / }',
        }) + service(http),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 65,
          endColumn: 69,
          severity: 'info',
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output: [['number: 8080', 'number: 80']],
    },
    {
      name: 'ingress-nginx by its IngressClass',
      yaml:
        ingress('number: 8080', { ingressClass: 'public' }) +
        service(http) +
        nginxClass('public', 'k8s.io/ingress-nginx'),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 91,
          endColumn: 95,
          severity: 'info',
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output:
        ingress('number: 80', { ingressClass: 'public' }) +
        service(http) +
        nginxClass('public', 'k8s.io/ingress-nginx'),
    },
    {
      name: 'another controller under the class nginx',
      yaml:
        ingress('number: 8080', { ingressClass: 'nginx' }) +
        service(http) +
        nginxClass('nginx', 'nginx.org/ingress-controller'),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 90,
          endColumn: 94,
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output:
        ingress('number: 80', { ingressClass: 'nginx' }) +
        service(http) +
        nginxClass('nginx', 'nginx.org/ingress-controller'),
    },
    {
      name: 'nobody says which controller',
      yaml: ingress('number: 8080', { ingressClass: '' }) + service(http),
      errors: [
        {
          id: 'targetPort',
          line: 4,
          column: 65,
          endColumn: 69,
          severity: 'warning',
          message: 'port 8080 is where the pods listen; the Service itself has 80 ("http")',
          safety: 'safe',
        },
      ],
      output: ingress('number: 80', { ingressClass: '' }) + service(http),
    },
    {
      name: 'ingress-nginx does not take any number',
      yaml:
        ingress('number: 81', { ingressClass: 'nginx' }) +
        service(`${http}, { name: admin, port: 9090 }`),
      errors: [
        {
          id: 'otherPort',
          line: 4,
          column: 90,
          endColumn: 92,
          message: 'the Service has no port 81; known ports: 80 ("http"), 9090 ("admin")',
        },
      ],
    },
    {
      name: 'another number than the only, unnamed port',
      yaml: ingress('number: 81') + service('{ port: 80 }'),
      errors: [
        {
          id: 'otherPort',
          line: 4,
          column: 92,
          endColumn: 94,
          message: 'the Service has no port 81; known ports: 80 (unnamed)',
          safety: 'unsafe',
        },
      ],
      output: ingress('number: 80') + service('{ port: 80 }'),
    },
    {
      name: 'a name where the only port has none',
      yaml: ingress('name: http') + service('{ port: 80 }'),
      errors: [
        {
          id: 'unnamed',
          line: 4,
          column: 90,
          endColumn: 94,
          message: 'the Service has no port named "http": 80 (unnamed) has no name',
        },
      ],
    },
    {
      name: 'a slip in the name',
      yaml: ingress('name: htpp') + service(http),
      errors: [
        {
          id: 'nearPort',
          line: 4,
          column: 90,
          endColumn: 94,
          message: 'the Service has no port "htpp"; did you mean 80 ("http")?',
          safety: 'safe',
        },
      ],
      output: ingress('name: http') + service(http),
    },
    {
      name: 'a name that an ExternalName does not have',
      yaml:
        ingress('name: https') +
        service(
          '{ name: web, port: 80 }, { name: admin, port: 81 }',
          'type: ExternalName, externalName: shop.example.org, ',
        ),
      errors: [
        {
          id: 'otherPort',
          line: 4,
          column: 90,
          endColumn: 95,
          message: 'the Service has no port "https"; known ports: 80 ("web"), 81 ("admin")',
        },
      ],
    },
  ],
});
