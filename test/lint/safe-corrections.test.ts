import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintFiles } from '../support/lint-files.ts';

/**
 * The safety of the fix that is offered for the selector of a Service in front of a Prometheus and
 * of a Deployment.
 */
function safetyOf(selector: string): string | undefined {
  const { diagnostics } = lintFiles(
    {
      'manifest.yaml': `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: k8s }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { tier: front, part: shop } }
  template:
    metadata: { labels: { tier: front, part: shop } }
    spec: { containers: [{ name: web, image: web }] }
---
apiVersion: v1
kind: Service
metadata: { name: it }
spec:
  selector: ${selector}
  ports: [{ port: 80 }]
`,
    },
    rules,
  );
  return diagnostics.find(({ rule }) => rule === 'service-selects-nothing')?.fixes[0]?.safety;
}

describe('corrections of selectors', () => {
  it.each([
    ['a key of a Deployment', '{ tyer: front, part: shop }', 'safe'],
    ['a value of an operator', '{ prometheus: k8ss, app.kubernetes.io/name: prometheus }', 'safe'],
    ['a key of an operator', '{ promtheus: k8s, app.kubernetes.io/name: prometheus }', 'unsafe'],
    ['a label that the operator had once', '{ prometheus: k8s, app: prometheus }', undefined],
  ])('%s', (_title, selector, safety) => {
    expect(safetyOf(selector)).toBe(safety);
  });
});
