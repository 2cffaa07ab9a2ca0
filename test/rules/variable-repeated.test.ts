import { variableRepeated } from '../../rules/manifest/variable-repeated.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';

testRule(variableRepeated, {
  valid: [
    {
      name: 'once',
      yaml: app('web')`
        env:
          - name: A
            value: a
          - name: B
            value: b
      `,
    },
    {
      name: 'the same value',
      yaml: app('web')`
        env:
          - name: A
            value: a
          - name: A
            value: a
      `,
    },
    {
      name: 'taken up',
      yaml: app('web')`
        env:
          - name: P
            value: /bin
          - name: P
            value: $(P):/more
      `,
    },
  ],
  invalid: [
    {
      name: 'two values',
      yaml: app('web')`
        env:
          - name: API
            value: http://old
          - name: API
            value: http://api
      `,
      errors: [
        {
          id: 'twice',
          line: 17,
          column: 21,
          endColumn: 24,
          message: '"API" is set again further down, and "http://api" is what counts',
          related: ['19:21 this one counts'],
        },
      ],
    },
  ],
});
