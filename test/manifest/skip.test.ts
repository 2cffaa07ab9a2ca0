import { describe, expect, it } from 'vitest';
import { skippable } from '../../src/manifest/skip.ts';

const skip = (text: string, wanted?: ReadonlySet<string>) =>
  skippable(text, [0, text.length], wanted);

describe('documents that need not be parsed', () => {
  const skipped: [what: string, text: string, kind: string][] = [
    [
      'a kind that nobody refers to',
      'apiVersion: storage.k8s.io/v1\nkind: CSINode\ndata:\n  a: |\n    x\n',
      'CSINode',
    ],
    [
      'keys in any order, comments, quotes',
      '# top\ndata: {}\nkind: "CSINode" # it is\napiVersion: \'storage.k8s.io/v1\'\n',
      'CSINode',
    ],
    [
      'lists at the indentation of their key',
      'apiVersion: storage.k8s.io/v1\nkind: VolumeAttachment\nsubjects:\n- kind: User\n  name: a\n',
      'VolumeAttachment',
    ],
    [
      'a CustomResourceDefinition, kind first',
      'kind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v1\nspec:\n',
      'CustomResourceDefinition',
    ],
    [
      'CRLF',
      'apiVersion: storage.k8s.io/v1\r\nkind: CSINode\r\n\r\ndata:\r\n  a: b\r\n',
      'CSINode',
    ],
  ];
  for (const [what, text, kind] of skipped)
    it(what, () => expect(skip(text)).toMatchObject({ kind }));
});

describe('documents that must be parsed', () => {
  const parsed: [what: string, text: string][] = [
    ['a kind that takes part', 'apiVersion: v1\nkind: Service\n'],
    ['a kind of that name in another group', 'apiVersion: example.com/v1\nkind: CSINode\n'],
    ['no apiVersion', 'kind: CSINode\n'],
    ['no kind', 'apiVersion: v1\ndata:\n  kind: CSINode\n'],
    ['a kind given twice', 'apiVersion: storage.k8s.io/v1\nkind: CSINode\nkind: Service\n'],
    ['a list', 'apiVersion: storage.k8s.io/v1\nkind: CSINode\nitems: []\n'],
    ['a merge at the top', 'apiVersion: storage.k8s.io/v1\nkind: CSINode\n<<: *x\n'],
    ['a quoted key at the top', 'apiVersion: storage.k8s.io/v1\nkind: CSINode\n"kind": Service\n'],
    ['a flow mapping', '{apiVersion: storage.k8s.io/v1, kind: CSINode}\n'],
    [
      'a template',
      'apiVersion: storage.k8s.io/v1\nkind: CSINode\n{{ if .Values.x }}\ndata: {}\n{{ end }}\n',
    ],
    ['a templated kind', 'apiVersion: v1\nkind: {{ .Values.kind }}\n'],
    ['a kind that goes on', 'apiVersion: storage.k8s.io/v1\nkind: CSINode x\n'],
    ['text without a colon', 'apiVersion: storage.k8s.io/v1\nkind: CSINode\nwhat\n'],
    [
      'a tab at the start of a line',
      'apiVersion: storage.k8s.io/v1\nkind: CSINode\n\tkind: Service\n',
    ],
    ['an indented document', ' apiVersion: storage.k8s.io/v1\n kind: CSINode\n'],
    [
      'a CustomResourceDefinition that may name the Service of a conversion webhook',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  conversion: { webhook: { clientConfig: {} } }\n',
    ],
    ['a property of Object as kind', 'apiVersion: v1\nkind: constructor\n'],
  ];
  for (const [what, text] of parsed) it(what, () => expect(skip(text)).toBeUndefined());

  it('not for what stands in another document', () => {
    const text =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n---\nclientConfig: x\n';
    expect(skippable(text, [0, text.indexOf('---')])).toMatchObject({
      kind: 'CustomResourceDefinition',
    });
  });

  it('a kind that somebody wants', () => {
    expect(
      skip('apiVersion: storage.k8s.io/v1\nkind: CSINode\n', new Set(['CSINode'])),
    ).toBeUndefined();
    expect(skip('apiVersion: storage.k8s.io/v1\nkind: CSINode\n', new Set(['CSIDriver']))).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
    });
  });
});
