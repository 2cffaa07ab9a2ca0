import { duplicateKey } from '../../rules/manifest/duplicate-key.ts';
import { unusedIgnore } from '../../rules/manifest/unused-ignore.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const beside = [serviceSelectsNothing];
const deployment = yaml`
  ---
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web }
  spec:
    selector: { matchLabels: { app: web } }
    template:
      metadata: { labels: { app: web } }
      spec: { containers: [{ name: web, image: web:1 }] }
`;
const service = (selector: string, metadata = 'metadata: { name: web }'): string => yaml`
  apiVersion: v1
  kind: Service
  ${metadata}
  spec:
    ${selector}
    ports: [{ port: 80 }]
`;
const wrong = 'selector: { app: wbe }';
const right = 'selector: { app: web }';
const rule = 'service-selects-nothing';

testRule(unusedIgnore, {
  valid: [
    {
      name: 'a comment on the line',
      beside,
      yaml: service(`${wrong} # kubeplumb-ignore[${rule}]: on purpose`) + deployment,
    },
    {
      name: 'a comment above it',
      beside,
      yaml: service(`# kubeplumb-ignore[${rule}]: on purpose\n  ${wrong}`) + deployment,
    },
    {
      name: 'a comment above another comment',
      beside,
      yaml: service(`# kubeplumb-ignore[${rule}]\n  # more\n\n  ${wrong}`) + deployment,
    },
    {
      name: 'a comment on the field around it',
      beside,
      yaml: service(wrong).replace('spec:', `spec: # kubeplumb-ignore[${rule}]: x`) + deployment,
    },
    {
      name: 'a comment above the object',
      beside,
      yaml: `# kubeplumb-ignore[${rule}]: x\n` + service(wrong) + deployment,
    },
    {
      name: 'a comment for the file',
      beside,
      yaml: service(wrong) + deployment + `# kubeplumb-ignore-file[${rule}]: x\n`,
    },
    {
      name: 'an annotation',
      beside,
      yaml:
        service(
          wrong,
          `metadata: { name: web, annotations: { kubeplumb/ignore: "${rule}: by hand" } }`,
        ) + deployment,
    },
    {
      name: 'a rule that does not run',
      yaml: service(`${right} # kubeplumb-ignore[${rule}]: on purpose`) + deployment,
    },
    {
      name: 'a hash in a string',
      beside,
      yaml:
        service(right, `metadata: { name: web, labels: { a: "# kubeplumb-ignore[${rule}]" } }`)
          .replace('"# ', '"')
          .replace(']"', '"')
          .replace('[', '.') + deployment,
    },
  ],
  invalid: [
    {
      name: 'a comment on a line without a finding',
      beside,
      yaml: service(`${right} # kubeplumb-ignore[${rule}]: on purpose`) + deployment,
      errors: [
        {
          id: 'unused',
          line: 5,
          column: 26,
          endColumn: 81,
          title: 'document 1 (Service) ignores what is not there',
          message: 'nothing here is reported by "service-selects-nothing"',
          help: 'take the comment away',
        },
      ],
    },
    {
      name: 'a comment on the line after it',
      beside,
      yaml:
        service(wrong).replace('ports: [{', `# kubeplumb-ignore[${rule}]\n  ports: [{`) +
        deployment,
      errors: [{ id: 'unused', line: 6, column: 3, endColumn: 46 }],
    },
    {
      name: 'one rule of two',
      beside: [...beside, duplicateKey],
      yaml: service(`${wrong} # kubeplumb-ignore[${rule}, duplicate-key]: x`) + deployment,
      errors: [
        { id: 'unused', line: 5, column: 26, endColumn: 87, help: 'take duplicate-key out of it' },
      ],
    },
    {
      name: 'an annotation that silences nothing',
      beside,
      yaml:
        service(right, `metadata: { name: web, annotations: { kubeplumb/ignore: "${rule}: x" } }`) +
        deployment,
      errors: [
        { id: 'unused', line: 3, column: 57, endColumn: 85, help: 'take the annotation away' },
      ],
    },
    {
      name: 'an annotation on the pod template does not reach the rest of the object',
      beside,
      yaml:
        service(right) +
        deployment.replace(
          'metadata: { labels: { app: web } }',
          `metadata: { labels: { app: web }, annotations: { kubeplumb/ignore: ${rule} } }`,
        ),
      errors: [{ id: 'unused', line: 14, column: 72, endColumn: 95 }],
    },
  ],
});
