import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { appSettings, partOf } from '../../src/lint/hosts/app-settings.ts';
import { defineRule } from '../../src/lint/rule.ts';

interface Setting {
  /** Of a variable: its name. Without one it is looked for in every text. */
  readonly name?: RegExp;
  readonly text: RegExp;
  readonly what: string;
  readonly severity?: 'info';
}

const unverified = 'certificates are not checked: whoever answers is believed';
const settings: readonly Setting[] = [
  { name: /^NODE_TLS_REJECT_UNAUTHORIZED$/, text: /^0$/, what: unverified },
  { name: /^PYTHONHTTPSVERIFY$/, text: /^0$/, what: unverified },
  { name: /^GIT_SSL_NO_VERIFY$/, text: /^(1|true)$/i, what: unverified },
  {
    name: /(INSECURE_SKIP|SKIP_TLS|TLS_SKIP|SSL_SKIP)_?(TLS_)?VERIFY$|^(SSL|TLS)_INSECURE$/i,
    text: /^(1|true|yes)$/i,
    what: unverified,
  },
  {
    text: /--(?:insecure-skip-tls-verify|tls-skip-verify|no-check-certificate)(?:=true)?(?=\s|$)/,
    what: unverified,
  },
  { text: /\bsslmode=disable\b/, what: 'the database is asked in plain text', severity: 'info' },
  { text: /[?&;]useSSL=false\b/i, what: 'the database is asked in plain text', severity: 'info' },
  { text: /--enable-skip-login(?:=true)?(?=\s|$)/, what: 'nobody has to log in' },
  { text: /--anonymous-auth(?:=true)?(?=\s|$)/, what: 'nobody has to log in' },
  { text: /--api\.insecure(?:=true)?(?=\s|$)/i, what: 'nobody has to log in' },
  { name: /^xpack\.security\.enabled$/, text: /^false$/i, what: 'nobody has to log in' },
  {
    name: /^GF_AUTH_ANONYMOUS_ORG_ROLE$/,
    text: /^(Admin|Editor)$/,
    what: 'nobody has to log in to change something',
  },
  {
    text: /--(?:auth|security)[-.](?:mode[= ]none|enabled=false)(?=\s|$)/,
    what: 'nobody has to log in',
  },
];

export const insecureSetting = defineRule({
  meta: {
    id: 'insecure-setting',
    category: 'security',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret'],
    title: 'is told to be careless',
    summary: 'A variable or argument turns off encryption, the check of certificates or the login',
    why:
      'a program that is told so talks to whoever answers under a name, or answers whoever asks: ' +
      'one pod of the cluster that is broken into is enough to read or change what is sent',
    fixable: false,
  },
  messages: {
    careless: ({ setting, what }: { setting: string; what: string }) => `${setting}: ${what}`,
  },
  check({ cluster, report }) {
    for (const given of appSettings(cluster)) {
      const { setting, text } = given;
      // Files are read by programs of which nothing is known.
      if (text.length > 2000) continue;
      for (const { name, text: pattern, what, severity } of settings) {
        if (name !== undefined && (setting === undefined || !name.test(setting))) continue;
        const found = pattern.exec(text);
        if (found === null) continue;
        report({
          ...partOf(given, found.index, found[0].length),
          id: 'careless',
          data: { setting: name === undefined ? found[0].trim() : (setting ?? ''), what },
          ...(severity && { severity }),
          help: 'take it out, and give the program the CA or the account that it needs',
        });
      }
    }
  },
});
