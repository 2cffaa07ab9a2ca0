import { insecureSetting } from '../../rules/security/insecure-setting.ts';
import { testRule } from '../support/rule-tester.ts';
import { app } from '../support/shop.ts';

testRule(insecureSetting, {
  valid: [
    {
      name: 'checked',
      yaml: app('web')`
        env:
          - name: NODE_TLS_REJECT_UNAUTHORIZED
            value: "1"
      `,
    },
    {
      name: 'encrypted',
      yaml: app('web')`
        env:
          - name: DB_URL
            value: postgres://db:5432/shop?sslmode=verify-full
      `,
    },
    {
      name: 'another argument',
      yaml: app('web')`args: ["--port=8080"]`,
    },
    {
      name: 'told to be careful',
      yaml: app('web', { replicas: 2 })`
        args: ["--api.insecure=false"]
        env: [{ name: xpack.security.enabled, value: "true" }, { name: GF_AUTH_ANONYMOUS_ORG_ROLE, value: Viewer }]
      `,
    },
  ],
  invalid: [
    {
      name: 'certificates',
      yaml: app('web')`
        env:
          - name: NODE_TLS_REJECT_UNAUTHORIZED
            value: "0"
      `,
      errors: [
        {
          id: 'careless',
          line: 18,
          column: 23,
          endColumn: 24,
          message:
            'NODE_TLS_REJECT_UNAUTHORIZED: certificates are not checked: whoever answers is believed',
        },
      ],
    },
    {
      name: 'by an argument',
      yaml: app('web')`args: ["--insecure-skip-tls-verify"]`,
      errors: [
        {
          id: 'careless',
          line: 16,
          column: 19,
          endColumn: 45,
          message:
            '--insecure-skip-tls-verify: certificates are not checked: whoever answers is believed',
        },
      ],
    },
    {
      name: 'the login',
      yaml: app('web')`args: ["--enable-skip-login"]`,
      errors: [
        {
          id: 'careless',
          line: 16,
          column: 19,
          endColumn: 38,
          message: '--enable-skip-login: nobody has to log in',
        },
      ],
    },
    {
      name: 'the database',
      yaml: app('web')`
        env:
          - name: DB_URL
            value: postgres://db:5432/shop?sslmode=disable
      `,
      errors: [
        {
          id: 'careless',
          line: 18,
          column: 46,
          endColumn: 61,
          severity: 'info',
          message: 'sslmode=disable: the database is asked in plain text',
        },
      ],
    },
    {
      name: 'the API of Traefik',
      yaml: app('web', { replicas: 2 })`args: ["--api.insecure=true"]`,
      errors: [
        {
          id: 'careless',
          line: 17,
          column: 19,
          endColumn: 38,
          message: '--api.insecure=true: nobody has to log in',
        },
      ],
    },
    {
      name: 'Elasticsearch',
      yaml: app('web', { replicas: 2 })`env: [{ name: xpack.security.enabled, value: "false" }]`,
      errors: [
        {
          id: 'careless',
          line: 17,
          column: 57,
          endColumn: 62,
          message: 'xpack.security.enabled: nobody has to log in',
        },
      ],
    },
    {
      name: 'Grafana',
      yaml: app('web', { replicas: 2 })`
        env: [{ name: GF_AUTH_ANONYMOUS_ORG_ROLE, value: Admin }]
      `,
      errors: [
        {
          id: 'careless',
          line: 17,
          column: 60,
          endColumn: 65,
          message: 'GF_AUTH_ANONYMOUS_ORG_ROLE: nobody has to log in to change something',
        },
      ],
    },
  ],
});
