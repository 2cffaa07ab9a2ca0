import { variableUndefined } from '../../rules/reference/variable-undefined.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService, app, deployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const shell = (script: string, ...env: readonly string[]): string =>
  app('web')`
    command: [sh, -c]
    args: ['${script}']
    env: [${env.map((name) => `{ name: ${name}, value: a }`).join(', ')}]
  `;

testRule(variableUndefined, {
  valid: [
    { name: 'of a shell that has it', yaml: shell('wget "$API_URL"', 'API_URL', 'API_URI') },
    { name: 'of a shell that is told both', yaml: shell('echo $API_URI $API_URL', 'API_URI') },
    { name: 'set in the shell', yaml: shell('API_URL=a; wget $API_URL', 'API_URI') },
    { name: 'with a default', yaml: shell('wget ${API_URL:-a}', 'API_URI') },
    { name: 'from another file', yaml: shell('. /vault/env; wget $API_URL', 'API_URI') },
    {
      name: 'from what a program prints',
      yaml: shell('export $(xargs < /vault/env); wget $API_URL', 'API_URI'),
    },
    { name: 'what every shell has', yaml: shell('echo $HOSTNAME', 'HOST_NAME') },
    { name: 'like no other one', yaml: shell('wget $API_URL', 'DB_HOST') },
    { name: 'two that differ in a number', yaml: shell('wget $API_URL1', 'API_URL2') },
    {
      name: 'defined above',
      yaml: app('web')`
        env:
          - name: API_HOST
            value: api
          - name: API
            value: http://$(API_HOST)
      `,
    },
    {
      name: 'from a ConfigMap',
      yaml: documents(
        app('web')`
          envFrom: [{ configMapRef: { name: hosts } }]
          env:
            - name: API
              value: http://$(API_HOST)
        `,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: hosts
          data:
            API_HOST: api
        `,
      ),
    },
    {
      name: 'from one that was not read',
      yaml: app('web')`
        envFrom: [{ configMapRef: { name: hosts } }]
        env:
          - name: API_HOTS
            value: x
          - name: API
            value: http://$(API_HOST)
      `,
    },
    {
      name: 'given by a Service',
      yaml: documents(
        app('web')`
          env:
            - name: API
              value: http://$(API_SERVICE_HOST)
        `,
        apiDeployment,
        apiService,
      ),
    },
    {
      name: 'of a shell',
      yaml: app('web')`
        command: [sh, -c, "exec web --host $(HOSTNAM)"]
        env:
          - name: HOSTNAME
            value: x
      `,
    },
    {
      name: 'escaped',
      yaml: app('web')`
        env:
          - name: API_HOST
            value: api
          - name: API
            value: http://$$(API_HOTS)
      `,
    },
    {
      name: 'signs of another program',
      yaml: app('web')`
        env:
          - name: API
            value: $(date) $(params.host) $(AWS_REGION)
      `,
    },
  ],
  invalid: [
    {
      name: 'like nothing',
      yaml: app('web')`
        env:
          - name: API
            value: http://$(API_HOST):80
      `,
      errors: [
        {
          id: 'nowhere',
          line: 18,
          column: 31,
          endColumn: 39,
          severity: 'warning',
          message:
            'no variable "API_HOST" is defined in this container, so the text stays as it is',
          help: 'define API_HOST in env above this one, or write $$(API_HOST) if the text is meant so',
        },
      ],
    },
    {
      name: 'a slip',
      yaml: app('web')`
        env:
          - name: API_HOST
            value: api
          - name: API
            value: http://$(API_HOTS)
      `,
      errors: [
        {
          id: 'undefined',
          line: 20,
          column: 31,
          endColumn: 39,
          message:
            'no variable "API_HOTS" is defined, so the text stays as it is; did you mean "API_HOST"?',
        },
      ],
    },
    {
      name: 'a field of the pod that only another container has',
      yaml: yaml`
        apiVersion: v1
        kind: Pod
        metadata:
          name: router
        spec:
          containers:
            - name: router
              image: shop/router:1.4
              args: [--pod-name=$(POD_NAME), --node=$(NODE_NAME)]
              env:
                - name: NODE_NAME
                  valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
      `,
      errors: [
        {
          id: 'nowhere',
          line: 9,
          column: 27,
          endColumn: 35,
          message:
            'no variable "POD_NAME" is defined in this container, so the text stays as it is',
          help:
            'define POD_NAME in env from fieldRef.fieldPath: metadata.name, or write ' +
            '$$(POD_NAME) if the text is meant so',
          severity: 'warning',
        },
      ],
    },
    {
      name: 'defined further down',
      yaml: app('web')`
        env:
          - name: API
            value: http://$(API_HOST)
          - name: API_HOST
            value: api
      `,
      errors: [
        {
          id: 'later',
          line: 18,
          column: 31,
          endColumn: 39,
          message:
            '"API_HOST" is defined further down, and a variable knows only those above it: the text stays as it is',
        },
      ],
    },
    {
      name: 'in an argument',
      yaml: app('web')`
        args: ["--api=$(API_HOTS)"]
        env:
          - name: API_HOST
            value: api
      `,
      errors: [
        {
          id: 'undefined',
          line: 16,
          column: 27,
          endColumn: 35,
          message:
            'no variable "API_HOTS" is defined, so the text stays as it is; did you mean "API_HOST"?',
        },
      ],
    },
    {
      name: 'a Service by a slip',
      yaml: documents(
        app('web')`
          env:
            - name: API
              value: http://$(AIP_SERVICE_HOST):$(API_SERVICE_PORT)
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'service',
          line: 18,
          column: 31,
          endColumn: 47,
          message:
            '"AIP_SERVICE_HOST" is given by no Service of the namespace; did you mean "API_SERVICE_HOST"?',
        },
      ],
    },
    {
      name: 'a headless Service',
      yaml: documents(
        app('web')`
          env:
            - name: API
              value: http://$(API_SERVICE_HOST)
        `,
        apiDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: api
          spec:
            clusterIP: None
            selector: { app: api }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'silent',
          line: 18,
          column: 31,
          endColumn: 47,
          message: '"API_SERVICE_HOST" is not given by Service default/api: it has no cluster IP',
          related: ['39:9 the Service'],
        },
      ],
    },
    {
      name: 'no links',
      yaml: documents(
        deployment('web')`
          enableServiceLinks: false
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              env:
                - name: API
                  value: http://$(API_SERVICE_HOST)
        `,
        apiDeployment,
        apiService,
      ),
      errors: [
        {
          id: 'silent',
          line: 19,
          column: 31,
          endColumn: 47,
          message:
            '"API_SERVICE_HOST" is not given by Service default/api: enableServiceLinks is false',
          related: ['40:9 the Service'],
        },
      ],
    },
    {
      name: 'of a shell, misspelt in env',
      yaml: shell('wget "$API_URL" || wget ${API_URL}', 'API_UR'),
      errors: [
        {
          id: 'shell',
          line: 17,
          column: 26,
          endColumn: 33,
          severity: 'warning',
          message:
            'nothing defines "API_URL", which is empty unless the image has it; did you mean "API_UR"?',
          help: 'write $API_UR, or call the variable of env API_URL',
        },
      ],
    },
  ],
});
