import { describe, expect, it } from 'vitest';
import { hostNames, mayNameHost } from '../../src/text/host-names.ts';
import { nginxHosts } from '../../src/text/nginx-hosts.ts';

const read = (text: string): string[] =>
  nginxHosts(text, hostNames(text)).map(({ host, port, implied, offset, form }) => {
    expect(text.slice(offset, offset + host.length).toLowerCase()).toBe(host);
    return [form, host, port ?? (implied === undefined ? 'none' : `implied ${implied}`)].join(' ');
  });

describe('nginxHosts', () => {
  it.each([
    ['proxy_pass http://api;', ['url api none']],
    ['upstream api { server web:8080; }\nproxy_pass http://api;', ['pair web 8080']],
    ['upstream api {\n  server web;\n}\n', ['dialled web implied 80']],
    ['upstream api {\n  server web weight=5;\n}\n', ['dialled web implied 80']],
    ['upstream api { server web.shop.svc; }', ['name web.shop.svc implied 80']],
    ['upstream api {\n  # server web;\n  server other:80;\n}\n', ['pair other 80']],
    ['upstream api { server 10.0.0.1; server unix:/tmp/api; server $host; }', []],
    ['server { server_name web; }', []],
    ['http://api and an upstream api', ['url api none']],
  ])('%s', (text, expected) => {
    expect(mayNameHost(text) || expected.length === 0).toBe(true);
    expect(read(text)).toEqual(expected);
  });
});
