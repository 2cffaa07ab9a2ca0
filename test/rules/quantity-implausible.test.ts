import { quantityImplausible } from '../../rules/manifest/quantity-implausible.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';

testRule(quantityImplausible, {
  valid: [
    {
      name: 'usual amounts',
      yaml: app('web')`
        resources:
          requests: { cpu: 500m, memory: 64Mi }
          limits: { memory: 128Mi }
      `,
    },
    {
      name: 'a large machine',
      yaml: app('web')`
        resources:
          requests: { cpu: 96, memory: 512Gi }
      `,
    },
    {
      name: 'bytes that were computed',
      yaml: app('web')`
        resources:
          limits: { memory: 134217728 }
      `,
    },
  ],
  invalid: [
    {
      name: 'thousandths of a byte',
      yaml: app('web')`
        resources:
          requests: { memory: 64m }
          limits: { memory: 512m }
      `,
      errors: [
        {
          id: 'fraction',
          line: 17,
          column: 33,
          endColumn: 36,
          message: '"64m" is in thousandths of a byte: 0.064 bytes',
        },
        {
          id: 'fraction',
          line: 18,
          column: 31,
          endColumn: 35,
          message: '"512m" is in thousandths of a byte: 0.512 bytes',
        },
      ],
    },
    {
      name: 'bytes',
      yaml: app('web')`
        resources:
          limits: { memory: 512 }
      `,
      errors: [
        {
          id: 'bytes',
          line: 17,
          column: 31,
          endColumn: 34,
          message: 'a limit of 512 is 512 bytes, with which no process starts',
        },
      ],
    },
    {
      name: 'whole CPUs',
      yaml: app('web')`
        resources:
          requests: { cpu: 500 }
      `,
      errors: [
        {
          id: 'cpus',
          line: 17,
          column: 30,
          endColumn: 33,
          message: 'a request of 500 is 500 whole CPUs, which no node has',
        },
      ],
    },
  ],
});
