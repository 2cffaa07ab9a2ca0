import { invalidIgnore } from '../../rules/manifest/invalid-ignore.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

const beside = [serviceSelectsNothing];
const service = (comment: string, annotations = ''): string => yaml`
  apiVersion: v1
  kind: Service
  metadata: { name: web${annotations} }
  spec: { clusterIP: None } ${comment}
`;

testRule(invalidIgnore, {
  valid: [
    {
      name: 'a rule that exists',
      beside,
      yaml: service('# kubeplumb-ignore[service-selects-nothing]: reason'),
    },
    {
      name: 'two of them, no reason',
      beside,
      yaml: service('# kubeplumb-ignore[service-selects-nothing, invalid-ignore]'),
    },
    {
      name: 'a reason where one is required',
      beside,
      requireReason: true,
      yaml: service('# kubeplumb-ignore-file[invalid-ignore]: so be it'),
    },
    { name: 'a comment about something else', beside, yaml: service('# kubeplumb ignores this') },
    {
      name: 'a sentence that begins alike',
      beside,
      yaml: service('# kubeplumb ignore rules are in kubeplumb.yaml'),
    },
    {
      name: 'an annotation that is commented out',
      beside,
      yaml: service('# kubeplumb/ignore: service-selects-nothing'),
    },
    {
      name: 'an annotation with two entries',
      beside,
      yaml: service(
        '',
        ', annotations: { kubeplumb/ignore: "invalid-ignore: a; service-selects-nothing: b" }',
      ),
    },
  ],
  invalid: [
    {
      name: 'no rule',
      yaml: service('# kubeplumb-ignore: because'),
      errors: [
        {
          id: 'form',
          line: 4,
          column: 27,
          endColumn: 54,
          title: 'document 1 (Service) has an ignore with a mistake in it',
          message: 'it names no rule; write # kubeplumb-ignore[rule, rule]: reason',
        },
      ],
    },
    {
      name: 'no rule for the file',
      yaml: service('# kubeplumb-ignore-file'),
      errors: [
        {
          id: 'form',
          line: 4,
          column: 27,
          endColumn: 50,
          message: 'it names no rule; write # kubeplumb-ignore-file[rule, rule]: reason',
        },
      ],
    },
    ...(
      [
        [
          '# kubeplumb:ignore service-selects-nothing',
          '# kubeplumb-ignore[service-selects-nothing]: reason',
        ],
        ['# kubeplumb: ignore', '# kubeplumb-ignore[rule]: reason'],
        [
          '# kubeplumb-disable service-selects-nothing, invalid-ignore',
          '# kubeplumb-ignore[service-selects-nothing, invalid-ignore]: reason',
        ],
        [
          '# kubeplumb ignore[service-selects-nothing]: on purpose',
          '# kubeplumb-ignore[service-selects-nothing]: on purpose',
        ],
        [
          '# kubeplumb ignore service-selects-nothing',
          '# kubeplumb-ignore[service-selects-nothing]: reason',
        ],
        [
          '#kubeplumb-disable-next-line service-selects-nothing -- so be it',
          '# kubeplumb-ignore[service-selects-nothing]: so be it',
        ],
        [
          '# kubeplumb:disable-file service-selects-nothing',
          '# kubeplumb-ignore-file[service-selects-nothing]: reason',
        ],
        [
          '# kubeplumb_ignore: service-selects-nothing',
          '# kubeplumb-ignore[service-selects-nothing]: reason',
        ],
        [
          '# kubeplumb-Ignore[service-selects-nothing]',
          '# kubeplumb-ignore[service-selects-nothing]: reason',
        ],
      ] as const
    ).map(([comment, form]) => ({
      name: comment,
      yaml: service(comment),
      errors: [
        {
          id: 'form',
          line: 4,
          column: 27,
          endColumn: 27 + comment.length,
          message: 'this is not an ignore, and silences nothing',
          help: `write ${form}`,
        },
      ],
    })),
    {
      name: 'a misspelt rule',
      beside,
      yaml: service('# kubeplumb-ignore[service-selects-nothin]: x'),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 27,
          endColumn: 72,
          message:
            'there is no rule "service-selects-nothin"; did you mean "service-selects-nothing"?',
          help: 'change it to service-selects-nothing',
        },
      ],
    },
    {
      name: 'a rule of somebody else, in an annotation',
      beside,
      yaml: service('', ', annotations: { kubeplumb/ignore: "CKV_K8S_20: x" }'),
      errors: [
        {
          id: 'unknown',
          line: 3,
          column: 57,
          endColumn: 72,
          message: 'there is no rule "CKV_K8S_20"',
          help: '`kubeplumb rules` lists all of them',
        },
      ],
    },
    {
      name: 'no reason where one is required',
      beside,
      requireReason: true,
      yaml: service('# kubeplumb-ignore[service-selects-nothing]'),
      errors: [
        {
          id: 'reason',
          line: 4,
          column: 27,
          endColumn: 70,
          help: 'write # kubeplumb-ignore[service-selects-nothing]: reason',
        },
      ],
    },
    {
      name: 'no reason in an annotation',
      beside,
      requireReason: true,
      yaml: service('', ', annotations: { kubeplumb/ignore: service-selects-nothing }'),
      errors: [
        {
          id: 'reason',
          line: 3,
          column: 57,
          endColumn: 80,
          help: 'write service-selects-nothing: reason',
        },
      ],
    },
  ],
});
