import { describe, it } from 'node:test';
import { ruleTester, yaml } from 'kubeplumb/testing';
import { serviceCrossesTeams } from '../rules/service-crosses-teams.js';

const testRule = ruleTester({ describe, it });

const deployment = (team) => yaml`
  ---
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
  spec:
    selector:
      matchLabels: { app: web }
    template:
      metadata:
        labels: { app: web, team: ${team} }
      spec:
        containers: [{ name: web, image: nginx }]
`;

const service = (team) => yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
    labels: { team: ${team} }
  spec:
    selector:
      app: web
    ports:
      - port: 80
`;

testRule(serviceCrossesTeams, {
  valid: [
    { name: 'pods of its own team', yaml: service('front') + deployment('front') },
    { name: 'a team that a template fills in', yaml: service('front') + deployment("'{{ .Values.team }}'") },
    { name: 'another label is asked about', yaml: service('front') + deployment('back'), ruleOptions: { label: 'owner' } },
  ],
  invalid: [
    {
      name: 'pods of another team',
      yaml: service('front') + deployment('back'),
      errors: [
        {
          id: 'other',
          line: 7,
          column: 3,
          endColumn: 11,
          message: 'it takes the pods of Deployment web, of team "back"; its own team is "front"',
          related: ['21:33 the team of these pods'],
        },
      ],
    },
  ],
});
