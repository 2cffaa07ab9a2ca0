/**
 * What a new rule begins as. It finds Services named "todo": enough for its page, fixtures and test
 * to be true until there is something better.
 */
import type { Category } from '../src/lint/rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import { exportName } from './rule-index.ts';

export function newRuleFiles(category: Category, id: string, version: string): GeneratedFile[] {
  return [
    { path: `rules/${category}/${id}.ts`, text: rule(category, id, version) },
    { path: `docs/rules/${id}.md`, text: page(id) },
    { path: `fixtures/bad/${id}/alone.yaml`, text: service('todo', ` # expect: ${id}`) },
    {
      path: `fixtures/bad/${id}/beside-another.yaml`,
      text: `${service('todo', ` # expect: ${id}`)}---\n${service('web')}`,
    },
    { path: `fixtures/ok/${id}-is-not-this.yaml`, text: service('web') },
    { path: `test/rules/${id}.test.ts`, text: test(category, id) },
  ];
}

function rule(category: Category, id: string, version: string): string {
  return `import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  found: ({ name }: { name: string }) => \`the name is "\${name}"\`,
};

// TODO: this finds Services named "todo". Look at the rules beside it, then write what it is to
// find.
export const ${exportName(id)} = defineRule({
  meta: {
    id: '${id}',
    category: '${category}',
    severity: 'warning',
    since: '${version}',
    scope: 'object',
    kinds: ['Service'],
    title: 'is named todo',
    summary: 'A Service is named todo',
    why: 'a name like this says nothing to the reader',
    fixable: false,
  },
  messages,
  check(context) {
    for (const service of find(context.cluster)) say(service, context);
  },
});

/**
 * The facts: what is wrong, and all that the words for it need. A finder that grows goes to a file
 * in src/lint.
 */
function find({ services }: Cluster): ClusterObject[] {
  return services.map(({ object }) => object).filter(({ name }) => name === 'todo');
}

/** The words for them: the place, the message, the help, the other side, the fix. */
function say(object: ClusterObject, { report }: RuleContext<typeof messages>): void {
  report({
    object,
    at: ['metadata', 'name'],
    id: 'found',
    data: { name: object.name },
    help: 'write another name',
  });
}
`;
}

function page(id: string): string {
  return `# ${id}

<!-- begin generated -->
<!-- end generated -->

## What it finds

TODO: which objects, which field, when it is an error and when a warning, and what is left unknown.

## Why it matters

TODO: what the API server or a controller does with it, with a link to its source at a tag or to
[the documentation](https://kubernetes.io/docs/concepts/services-networking/service/).

## Bad

\`\`\`yaml
${service('todo')}\`\`\`

## Good

\`\`\`yaml
${service('web')}\`\`\`

## How to fix

TODO: what to change, and what to mind when doing so.

## When to ignore it

TODO: when the manifest is right after all, or "Never" and why.
`;
}

function service(name: string, comment = ''): string {
  return (
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}${comment}\nspec:\n  ` +
    `clusterIP: None\n`
  );
}

function test(category: Category, id: string): string {
  const name = exportName(id);
  return `import { ${name} } from '../../rules/${category}/${id}.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

// TODO: a case for everything the rule may stumble over; the tester says what a case lacks.
testRule(${name}, {
  valid: [
    {
      name: 'another name',
      yaml: yaml\`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          clusterIP: None
      \`,
    },
  ],
  invalid: [
    {
      name: 'this name',
      yaml: yaml\`
        apiVersion: v1
        kind: Service
        metadata:
          name: todo
        spec:
          clusterIP: None
      \`,
      errors: [{ id: 'found', line: 4, column: 9, endColumn: 13, message: 'the name is "todo"' }],
    },
  ],
});
`;
}
