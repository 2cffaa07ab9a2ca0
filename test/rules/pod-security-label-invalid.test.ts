import { podSecurityLabelInvalid } from '../../rules/manifest/pod-security-label-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(podSecurityLabelInvalid, {
  valid: [
    {
      name: 'levels',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enforce: baseline
            pod-security.kubernetes.io/enforce-version: v1.33
            pod-security.kubernetes.io/warn: restricted
            pod-security.kubernetes.io/warn-version: latest
      `,
    },
    {
      name: 'filled in later',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enforce: \${LEVEL}
      `,
    },
    {
      name: 'another label',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            example.com/enforce: strict
      `,
    },
  ],
  invalid: [
    {
      name: 'a level',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enforce: restriced
      `,
      errors: [
        {
          id: 'level',
          line: 6,
          column: 41,
          endColumn: 50,
          message: '"restriced" is no level; levels: privileged, baseline, restricted',
        },
      ],
      output: [['restriced', 'restricted']],
    },
    {
      name: 'a level that is like none',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enforce: strict
      `,
      errors: [
        {
          id: 'level',
          line: 6,
          column: 41,
          endColumn: 47,
          message: '"strict" is no level; levels: privileged, baseline, restricted',
        },
      ],
    },
    {
      name: 'a version',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enforce: baseline
            pod-security.kubernetes.io/enforce-version: "1.33"
      `,
      errors: [
        {
          id: 'version',
          line: 7,
          column: 49,
          endColumn: 55,
          message: '"1.33" is no version; a version is "latest", or a release as "v1.33"',
        },
      ],
    },
    {
      name: 'a mode',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            pod-security.kubernetes.io/enfroce: baseline
      `,
      errors: [
        {
          id: 'mode',
          line: 6,
          column: 5,
          endColumn: 39,
          severity: 'warning',
          message:
            '"pod-security.kubernetes.io/enfroce" is none of the labels of Pod Security; modes: enforce, audit, warn',
        },
      ],
    },
  ],
});
