import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/kubernetes/json.ts';
import { locate, type Node } from '../../src/manifest/node.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const block = `# a Service
apiVersion: v1
kind: Service
metadata:
  name: "web"
  labels: {app: web, 'tier': front}
spec:
  selector:
    app: web # the Deployment
  ports:
  - name: http
    port: 80
  -   port: 443
      targetPort:
    # none
  script: |
    first
    second

---
{"apiVersion": "v1", "kind": "Pod",
 "metadata": {"name": "web"}}
---
apiVersion: v1
kind: Pod
metadata:
  name: &name later
  labels: {app: *name}
`;

const places: [
  document: number,
  path: Path,
  text: string,
  line: number,
  column: number,
  part?: 'key',
][] = [
  [0, ['metadata', 'name'], '"web"', 5, 9],
  [0, ['metadata', 'name'], 'name', 5, 3, 'key'],
  [0, ['metadata', 'labels', 'app'], 'web', 6, 17],
  [0, ['metadata', 'labels', 'tier'], "'tier'", 6, 22, 'key'],
  [0, ['spec', 'selector', 'app'], 'web', 9, 10],
  [0, ['spec', 'selector'], 'selector', 8, 3],
  [0, ['spec', 'ports', 0, 'port'], '80', 12, 11],
  [0, ['spec', 'ports', 1, 'port'], '443', 13, 13],
  [0, ['spec', 'ports', 1], 'port', 13, 7],
  [0, ['spec', 'ports', 1, 'targetPort'], 'targetPort', 14, 7],
  [0, ['spec', 'ports', 1, 'protocol'], 'port', 13, 7],
  [0, ['spec', 'type'], 'spec', 7, 1],
  [0, ['spec', 'script'], '|\n    first\n    second', 16, 11],
  [1, ['metadata', 'name'], '"web"', 22, 23],
  [1, ['kind'], '"kind"', 21, 22, 'key'],
  [2, ['metadata', 'name'], 'later', 27, 15],
  [2, ['metadata', 'labels', 'app'], 'later', 27, 15],
];

describe('where values and keys are', () => {
  const file = new SourceFile('test.yaml', block);
  const objects = readManifest(file).objects;
  for (const [document, path, text, line, column, part] of places) {
    it(`document ${document} ${part ?? 'value'} of ${path.join('.')} is at ${line}:${column}`, () => {
      const range = locate(objects[document]?.node as Node, path, part);
      expect(file.text.slice(...range)).toBe(text);
      expect(file.position(range[0])).toEqual({ line, column });
    });
  }
});
