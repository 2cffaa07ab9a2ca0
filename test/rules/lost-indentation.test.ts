import { lostIndentation } from '../../rules/manifest/lost-indentation.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

testRule(lostIndentation, {
  valid: [
    {
      name: 'an object with its indentation',
      yaml: serviceFor('web')`
        ports:
        - port: 80
      `,
    },
    {
      name: 'lists that are not indented',
      yaml: yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: web }
        data: {}
      `,
    },
  ],
  invalid: [
    {
      name: 'a Service',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
        name: web
        spec:
        selector:
        app: web
        ports:
        # the only one
        - port: 80
        targetPort: 8080
        type: ClusterIP
      `,
      errors: [
        {
          id: 'flat',
          line: 3,
          column: 1,
          endColumn: 9,
          message: 'no line from here on is indented',
        },
      ],
      output: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          ports:
            # the only one
            - port: 80
              targetPort: 8080
          type: ClusterIP
      `,
    },
    {
      name: 'a workload and its Service',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
        name: web
        labels:
        app: web
        spec:
        replicas: 2
        selector:
        matchLabels:
        app: web
        template:
        metadata:
        labels:
        app: web
        spec:
        containers:
        - name: web
        image: nginx:1.25
        command: ["nginx"]
        args:
        - -g
        - daemon off;
        env:
        - name: MODE
        value: plain
        resources:
        limits:
        memory: 64Mi
        ports:
        - containerPort: 80
        name: http
        ---
        apiVersion: v1
        kind: Service
        metadata:
        name: web
        spec:
        selector:
        app: web
        ports:
        - port: 80
        targetPort: http
      `,
      errors: [
        {
          id: 'flat',
          line: 3,
          column: 1,
          endColumn: 9,
          message: 'no line from here on is indented',
        },
        {
          id: 'flat',
          line: 36,
          column: 1,
          endColumn: 9,
          message: 'no line from here on is indented',
        },
      ],
      output: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels:
            app: web
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: nginx:1.25
                  command: ["nginx"]
                  args:
                    - -g
                    - daemon off;
                  env:
                    - name: MODE
                      value: plain
                  resources:
                    limits:
                      memory: 64Mi
                  ports:
                    - containerPort: 80
                      name: http
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          selector:
            app: web
          ports:
            - port: 80
              targetPort: http
      `,
    },
    {
      name: 'a key that may be a label',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
        name: web
        labels:
        app: web
        namespace: shop
        spec:
        ports:
        - port: 80
      `,
      errors: [
        {
          id: 'flat',
          line: 3,
          column: 1,
          endColumn: 9,
          message: 'no line from here on is indented',
        },
      ],
    },
    {
      name: 'a kind that is not known',
      yaml: yaml`
        apiVersion: example.org/v1
        kind: Thing
        metadata:
        name: web
        spec:
        size: 3
      `,
      errors: [
        {
          id: 'flat',
          line: 3,
          column: 1,
          endColumn: 9,
          message: 'no line from here on is indented',
        },
      ],
    },
  ],
});
