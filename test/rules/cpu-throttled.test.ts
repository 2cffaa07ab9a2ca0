import { cpuThrottled } from '../../rules/resilience/cpu-throttled.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(cpuThrottled, {
  valid: [
    {
      name: 'enough',
      yaml: documents(app('web')`resources: { limits: { cpu: 500m } }`, webService),
    },
    {
      name: 'a whole CPU',
      yaml: documents(app('web')`resources: { limits: { cpu: 1 } }`, webService),
    },
    {
      name: 'no Service',
      yaml: app('web')`resources: { limits: { cpu: 5m } }`,
    },
  ],
  invalid: [
    {
      name: 'hardly any',
      yaml: documents(app('web')`resources: { limits: { cpu: 5m } }`, webService),
      errors: [
        {
          id: 'limit',
          line: 16,
          column: 39,
          endColumn: 41,
          message: 'limit 5m is 0.5 ms of every 100 ms',
        },
      ],
    },
  ],
});
