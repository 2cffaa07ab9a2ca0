import { imagePortMismatch } from '../../rules/port/image-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
  spec:
    selector:
      app: web
    ports:
      - port: 80
        targetPort: 8080
`;
const webDeployment = deployment('web')`
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - { containerPort: 8080 }
`;
const webWithExporter = deployment('web')`
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ containerPort: 8080 }]
    - { name: exporter, image: nginx/nginx-prometheus-exporter:1.4, ports: [{ containerPort: 9113 }] }
`;
const webBehindInit = deployment('web')`
  containers:
    - name: web
      image: nginx:1.27
      ports: [{ containerPort: 8080 }]
  initContainers: [{ name: fetch, image: registry.acme.io/fetch:2 }]
`;

testRule(imagePortMismatch, {
  valid: [
    {
      name: 'the port of the image',
      yaml: documents(
        webDeployment.replace('- { containerPort: 8080 }', '- { containerPort: 80 }'),
        webService.replace('targetPort: 8080', 'targetPort: 80'),
      ),
    },
    {
      name: 'a mounted configuration',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: nginx:1.27
              ports:
                - { containerPort: 8080 }
              volumeMounts:
                - { name: conf, mountPath: /etc/nginx/conf.d }
          volumes:
            - { name: conf, configMap: { name: web } }
        `,
        webService,
      ),
    },
    {
      name: 'pages that are mounted, and the port of the image',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: nginx:1.27
              ports:
                - { containerPort: 80 }
              volumeMounts:
                - { name: pages, mountPath: /usr/share/nginx/html }
          volumes:
            - { name: pages, emptyDir: {} }
        `,
        serviceFor('web')`
          ports:
            - port: 80
        `,
      ),
    },
    {
      name: 'told by a variable',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: jenkins/jenkins:lts
              ports:
                - { containerPort: 8090 }
              env:
                - { name: JENKINS_OPTS, value: --httpPort=8090 }
        `,
        webService.replace('targetPort: 8080', 'targetPort: 8090'),
      ),
    },
    {
      name: 'another container may listen',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: nginx:1.27
              ports:
                - { containerPort: 8080 }
            - name: proxy
              image: example.com/proxy:1
        `,
        webService,
      ),
    },
    {
      name: 'an image of somebody else',
      yaml: documents(
        webDeployment.replace('image: nginx:1.27', 'image: example.com/nginx:1.27'),
        webService,
      ),
    },
    {
      name: 'a variant with another server',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: wordpress:6-fpm
              ports:
                - { containerPort: 9000 }
        `,
        webService.replace('targetPort: 8080', 'targetPort: 9000'),
      ),
    },
    {
      name: 'what it says is an argument',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: hashicorp/http-echo:1.0
              args: ["-text=hello"]
        `,
        webService.replace('targetPort: 8080', 'targetPort: 5678'),
      ),
    },
    {
      name: 'told where to listen',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: hashicorp/http-echo:1.0
              args: ["-text=hello", "-listen=:8080"]
        `,
        webService,
      ),
    },
    {
      name: 'another protocol',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          ports:
            - port: 80
              targetPort: 8080
              protocol: UDP
        `,
      ),
    },
    {
      name: 'an init container that may redirect what arrives',
      yaml: documents(
        webService,
        deployment('web')`
          containers:
            - name: web
              image: nginx:1.27
              ports: [{ containerPort: 8080 }]
          initContainers: [{ name: istio-init, image: istio/proxyv2:1.27.0, securityContext: { capabilities: { add: [NET_ADMIN] } } }]
        `,
      ),
    },
    {
      name: 'where another container says that it listens',
      yaml: documents(
        webService,
        deployment('web')`
          containers:
            - name: web
              image: nginx:1.27
            - { name: proxy, image: registry.acme.io/proxy:1, ports: [{ containerPort: 8080 }] }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'declared',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'elsewhere',
          line: 27,
          column: 19,
          endColumn: 23,
          message:
            'the Service leads to port 8080, but the image nginx as it comes listens on 80 only',
          related: ['16:32 declared, but nobody listens there'],
        },
      ],
      output: documents(webDeployment, webService.replace('targetPort: 8080', 'targetPort: 80')),
    },
    {
      name: 'not declared',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: mongo:7
        `,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            selector:
              app: web
            ports:
              - port: 27017
                targetPort: 27018
        `,
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 25,
          column: 19,
          endColumn: 24,
          message:
            'the Service leads to port 27018, but the image mongo as it comes listens on 27017 only',
          related: ['14:18 the image'],
        },
      ],
      output: [['27018', '27017']],
    },
    {
      name: 'left out',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: hashicorp/http-echo:1.0
              ports:
                - { containerPort: 5678 }
              args: ["-text=hello"]
        `,
        serviceFor('web')`
          ports:
            - port: 80
        `,
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 26,
          column: 13,
          endColumn: 15,
          message:
            'the Service leads to port 80, but the image hashicorp/http-echo as it comes listens on 5678 only',
          related: ['14:18 the image'],
        },
      ],
    },
    {
      name: 'by name',
      yaml: documents(
        webDeployment.replace('- { containerPort: 8080 }', '- { name: http, containerPort: 8080 }'),
        webService.replace('targetPort: 8080', 'targetPort: http'),
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 27,
          column: 19,
          endColumn: 23,
          message:
            'the Service leads to port 8080, but the image nginx as it comes listens on 80 only',
          related: ['16:44 declared, but nobody listens there'],
        },
      ],
    },
    {
      name: 'with variables that choose no port',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: docker.io/library/wordpress:6-apache
              ports:
                - { containerPort: 8080 }
              env:
                - { name: WORDPRESS_DB_HOST, value: db }
        `,
        webService,
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 29,
          column: 19,
          endColumn: 23,
          message:
            'the Service leads to port 8080, but the image wordpress as it comes listens on 80 only',
          related: ['16:32 declared, but nobody listens there'],
        },
      ],
      output: [['targetPort: 8080', 'targetPort: 80']],
    },
    {
      name: 'the unprivileged variant',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: nginxinc/nginx-unprivileged:1.27
              ports:
                - { containerPort: 80 }
        `,
        webService.replace('targetPort: 8080', 'targetPort: 80'),
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 27,
          column: 19,
          endColumn: 21,
          message:
            'the Service leads to port 80, but the image nginxinc/nginx-unprivileged as it comes listens on 8080 only',
          related: ['16:32 declared, but nobody listens there'],
        },
      ],
      output: [['targetPort: 80', 'targetPort: 8080']],
    },
    {
      name: 'in the place of another one',
      yaml: documents(webDeployment.replace('image: nginx:1.27', 'image: nginx'), webService),
      errors: [
        {
          id: 'elsewhere',
          line: 27,
          column: 19,
          endColumn: 23,
          severity: 'info',
          message:
            'the Service leads to port 8080, but the image nginx as it comes listens on 80 only',
          related: ['16:32 declared, but nobody listens there'],
        },
      ],
      output: [['targetPort: 8080', 'targetPort: 80']],
    },
    {
      name: 'beside a container that declares where it listens',
      yaml: documents(webService, webWithExporter),
      errors: [{ line: 10, column: 19, endColumn: 23, id: 'elsewhere' }],
      output: documents(webService.replace('targetPort: 8080', 'targetPort: 80'), webWithExporter),
    },
    {
      name: 'behind an init container, which has ended',
      yaml: documents(webService, webBehindInit),
      errors: [{ line: 10, column: 19, endColumn: 23, id: 'elsewhere' }],
      output: documents(webService.replace('targetPort: 8080', 'targetPort: 80'), webBehindInit),
    },
  ],
});
