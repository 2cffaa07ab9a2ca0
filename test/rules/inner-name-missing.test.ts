import { innerNameMissing } from '../../rules/reference/inner-name-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(innerNameMissing, {
  valid: [
    {
      name: 'names that are declared',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata:
          name: nightly
        spec:
          entrypoint: main
          templates:
            - name: main
              dag:
                tasks:
                  - name: fetch
                    template: run
                  - name: report
                    template: run
                    depends: fetch.Succeeded
            - name: run
              inputs:
                parameters:
                  - name: day
                    value: monday
              container:
                image: shop/report:1.4
                args: ["{{inputs.parameters.day}}"]
      `,
    },
    {
      name: 'templates of somewhere else',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata:
          name: nightly
        spec:
          entrypoint: main
          workflowTemplateRef:
            name: library
          templates:
            - name: other
              container:
                image: shop/report:1.4
      `,
    },
    {
      name: 'a name that is filled in later',
      yaml: yaml`
        apiVersion: k8s.nginx.org/v1
        kind: VirtualServer
        metadata:
          name: shop
        spec:
          host: shop.example.com
          upstreams:
            - name: web
              service: web
              port: 80
          routes:
            - path: /
              action:
                pass: \${UPSTREAM}
      `,
    },
    {
      name: 'more is given than is taken',
      yaml: yaml`
        apiVersion: tekton.dev/v1
        kind: Task
        metadata:
          name: build
        spec:
          params:
            - name: image
          steps:
            - name: build
              image: shop/builder:1.4
              args: [$(params.image)]
        ---
        apiVersion: tekton.dev/v1
        kind: Pipeline
        metadata:
          name: release
        spec:
          tasks:
            - name: build
              taskRef:
                name: build
              params:
                - name: image
                  value: shop/web
                - name: verbose
                  value: "yes"
      `,
    },
  ],
  invalid: [
    {
      name: 'the entrypoint of a workflow',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata:
          name: nightly
        spec:
          entrypoint: mian
          templates:
            - name: main
              container:
                image: shop/report:1.4
      `,
      errors: [
        {
          id: 'own',
          line: 6,
          column: 15,
          endColumn: 19,
          message: 'there is no template "mian" here; there is "main"',
        },
      ],
      output: [['mian', 'main']],
    },
    {
      name: 'an upstream',
      yaml: yaml`
        apiVersion: k8s.nginx.org/v1
        kind: VirtualServer
        metadata:
          name: shop
        spec:
          host: shop.example.com
          upstreams:
            - name: storefront
              service: web
              port: 80
          routes:
            - path: /
              splits:
                - weight: 90
                  action:
                    pass: storefront
                - weight: 10
                  action:
                    pass: canary
      `,
      errors: [
        {
          id: 'own',
          line: 19,
          column: 19,
          endColumn: 25,
          message: 'there is no upstream "canary" here; there is "storefront"',
        },
      ],
    },
    {
      name: 'tasks, params and results of Tekton',
      yaml: yaml`
        apiVersion: tekton.dev/v1
        kind: Task
        metadata:
          name: build
        spec:
          params:
            - name: image
          steps:
            - name: build
              image: shop/builder:1.4
              args: [$(params.imgae), $$(params.x)]
        ---
        apiVersion: tekton.dev/v1
        kind: Pipeline
        metadata:
          name: release
        spec:
          tasks:
            - name: build
              taskRef:
                name: build
              params:
                - name: imgae
                  value: shop/web
            - name: deploy
              runAfter: [biuld]
              taskRef:
                name: rollout
              params:
                - name: digest
                  value: $(tasks.built.results.digest)
      `,
      errors: [
        {
          id: 'own',
          line: 11,
          column: 14,
          endColumn: 28,
          message: 'there is no param "imgae" here; there is "image"',
        },
        {
          id: 'other',
          line: 23,
          column: 17,
          endColumn: 22,
          message: 'Task default/build has no param "imgae"; there is "image"',
          related: ['4:9 this Task'],
        },
        {
          id: 'own',
          line: 26,
          column: 18,
          endColumn: 23,
          message: 'there is no task "biuld" here; there is "build", "deploy"',
        },
        {
          id: 'own',
          line: 31,
          column: 18,
          endColumn: 31,
          message: 'there is no task "built" here; there is "build", "deploy"',
        },
      ],
      output: [
        ['- name: imgae', '- name: image'],
        ['biuld', 'build'],
      ],
    },
    {
      name: 'what another object declares',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
          namespace: shop
        spec:
          hosts: [shop]
          http:
            - name: primary
              route:
                - destination:
                    host: shop
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata:
          name: shop
          namespace: shop
        spec:
          selector:
            matchLabels: { app: shop }
          template:
            metadata:
              labels: { app: shop }
            spec:
              containers:
                - name: shop
                  image: shop/web:1.4
          strategy:
            canary:
              stableService: shop
              canaryService: shop-canary
              trafficRouting:
                istio:
                  virtualService:
                    name: shop
                    routes: [primry]
      `,
      errors: [
        {
          id: 'other',
          line: 37,
          column: 22,
          endColumn: 28,
          message: 'VirtualService shop/shop has no HTTP route "primry"; there is "primary"',
          related: ['4:9 this VirtualService'],
        },
      ],
      output: [['primry', 'primary']],
    },
    {
      name: 'an expression of tasks',
      yaml: yaml`
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata:
          name: nightly
        spec:
          templates:
            - name: main
              dag:
                tasks:
                  - name: fetch
                    template: run
                  - name: lint
                    template: run
                  - name: report
                    template: run
                    depends: fetch.Succeeded && (lnt || lint.Failed)
            - name: run
              container:
                image: shop/report:1.4
      `,
      errors: [
        {
          id: 'own',
          line: 16,
          column: 42,
          endColumn: 45,
          message: 'there is no step or task "lnt" here; there is "fetch", "lint", "report"',
        },
      ],
    },
  ],
});
