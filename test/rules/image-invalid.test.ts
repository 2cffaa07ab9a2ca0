import { imageInvalid } from '../../rules/reference/image-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

testRule(imageInvalid, {
  valid: [
    {
      name: 'registry, port, tag and digest',
      yaml: deployment('web')`
        containers:
          - name: web
            image: registry.example.com:5000/shop/web:1.4@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'a registry in capitals',
      yaml: deployment('web')`
        containers:
          - name: web
            image: REGISTRY.example.com/shop/web:RC1
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'filled in by a shell',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: "\${REGISTRY}/web:\${TAG}"
                  ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'built by ko',
      yaml: deployment('web')`
        containers:
          - name: web
            image: ko://github.com/Example/web
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'a word to replace',
      yaml: deployment('web')`
        containers:
          - name: web
            image: IMAGE_NAME
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'of a pipeline',
      yaml: deployment('web')`
        containers:
          - name: web
            image: <+artifact.image>
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
  ],
  invalid: [
    ...[
      { image: ':1.0', severity: 'warning' as const },
      { image: 'registry.example.com/:1.0', severity: 'warning' as const },
      { image: 'shop/web@sha256:aa', severity: 'error' as const },
      { image: 'https://shop/web:1', severity: 'error' as const },
    ].map(({ image, severity }) => ({
      name: `of a chart: ${image}`,
      yaml: `---\n# Source: shop/templates/web.yaml\n${deployment('web')`
        containers:
          - name: web
            image: "${image}"
      `}\n---\n${deployment('next')`
        containers:
          - name: next
            image: shop/next:1.0
      `}`,
      errors: [
        {
          id: 'unreadable' as const,
          severity,
          line: 16,
          column: 18,
          endColumn: 20 + image.length,
          help:
            severity === 'warning'
              ? 'give the chart the value that it has left out here, with --set or -f'
              : 'write registry/repository:tag, as in registry.example.com/shop/web:1.4',
        },
      ],
    })),
    {
      name: 'the same of no chart',
      yaml: deployment('web')`
        containers:
          - name: web
            image: ":1.0"
      `,
      errors: [{ id: 'unreadable', severity: 'error', line: 14, column: 18, endColumn: 24 }],
    },
    {
      name: 'capitals',
      yaml: deployment('web')`
        containers:
          - name: web
            image: registry.example.com/Shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 14,
          column: 18,
          endColumn: 51,
          message:
            'container "web" never starts: "registry.example.com/Shop/web:1.4" is not the name of an image: the repository name must be in lower case, and "Shop" is not',
        },
      ],
      output: [['registry.example.com/Shop/web:1.4', 'registry.example.com/shop/web:1.4']],
    },
    {
      name: 'a scheme',
      yaml: deployment('web')`
        containers:
          - name: web
            image: https://registry.example.com/shop/web
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 14,
          column: 18,
          endColumn: 55,
          message:
            'container "web" never starts: "https://registry.example.com/shop/web" is not the name of an image: "https:" is not a name: lower case letters and digits, with single ".", "_", "__" or "-" between them',
        },
      ],
    },
    {
      name: 'no tag after the colon',
      yaml: deployment('web')`
        containers:
          - name: web
            image: "shop/web:"
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 14,
          column: 18,
          endColumn: 29,
          message:
            'container "web" never starts: "shop/web:" is not the name of an image: there is no tag after the colon',
        },
      ],
    },
    {
      name: 'two tags',
      yaml: deployment('web')`
        containers:
          - name: web
            image: "shop/web:1.4:2"
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 14,
          column: 18,
          endColumn: 34,
          message:
            'container "web" never starts: "shop/web:1.4:2" is not the name of an image: "1.4:2" is not a tag: at most 128 letters, digits, ".", "_" and "-"',
        },
      ],
    },
    {
      name: 'a short digest',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web@sha256:abc
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 14,
          column: 18,
          endColumn: 37,
          message:
            'container "web" never starts: "shop/web@sha256:abc" is not the name of an image: a sha256 digest has 64 hexadecimal digits, and this one is not of that form',
        },
      ],
    },
    {
      name: 'a mark',
      yaml: deployment('web')`
        containers:
          - name: web
            image: <your-app-image>
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'mark',
          line: 14,
          column: 18,
          endColumn: 34,
          severity: 'warning',
          message:
            'container "web" never starts as long as "<your-app-image>" is not replaced by the name of an image',
        },
      ],
    },
    {
      name: 'a mark in an example',
      files: {
        'docs/examples/web/deployment.yaml': deployment('web')`
          containers:
            - name: web
              image: <your-app-image>
              ports: [{ name: http, containerPort: 8080 }]
        `,
      },
      errors: [
        {
          id: 'mark',
          file: 'docs/examples/web/deployment.yaml',
          line: 14,
          column: 18,
          endColumn: 34,
          severity: 'info',
        },
      ],
    },
    {
      name: 'of an init container',
      yaml: deployment('web')`
        initContainers: [{ name: wait, image: "busybox:" }]
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'unreadable',
          line: 12,
          column: 45,
          endColumn: 55,
          message:
            'container "wait" never starts: "busybox:" is not the name of an image: there is no tag after the colon',
        },
      ],
    },
  ],
});
