import { describe, expect, it } from 'vitest';
import { hostNames, mayNameHost } from '../../src/text/host-names.ts';

/** Host, port and form of each name, with what stands at its offsets. */
const read = (text: string): string[] =>
  hostNames(text).map(({ host, port, offset, portOffset, form }) => {
    expect(text.slice(offset, offset + host.length).toLowerCase()).toBe(host);
    if (portOffset !== undefined)
      expect(text.slice(portOffset, portOffset + String(port).length)).toBe(String(port));
    return `${form} ${host}${port === undefined ? '' : ` ${port}`}`;
  });

describe('hostNames', () => {
  it.each([
    ['http://api:8080/path', ['url api 8080']],
    ['HTTP://API', ['url api']],
    ['jdbc:mysql://db:3306/shop', ['url db 3306']],
    ['redis://user:word@cache:6379/0', ['url cache 6379']],
    ['ecto://user:word@db:5432/shop', ['url db 5432']],
    ['nats://a:4222,nats://b:4222', ['url a 4222', 'url b 4222']],
    ['curl -s "telnet://db:27017" -o /dev/null', ['url db 27017']],
    [
      'kafka-0.kafka:9092,kafka-1.kafka:9092',
      ['pair kafka-0.kafka 9092', 'pair kafka-1.kafka 9092'],
    ],
    [
      '1@kafka-0.kafka:9093,2@kafka-1.kafka.bus.svc:9093',
      ['pair kafka-0.kafka 9093', 'name kafka-1.kafka.bus.svc 9093'],
    ],
    ['INTERNAL://bus:9092,PLAINTEXT_HOST://localhost:9093', ['url bus 9092', 'url localhost 9093']],
    ['external://aws/password', []],
    ['someone@mail:2525', []],
    ['proxy_pass http://api:8080$request_uri;', ['url api 8080']],
    ['proxy_pass http://api:80$suffix;', []],
    ['--address=api:8080', ['pair api 8080']],
    ['{"url":"api.shop:80"}', ['pair api.shop 80']],
    ['api.shop.svc', ['name api.shop.svc']],
    ['api.shop.svc.cluster.local.:80', ['name api.shop.svc.cluster.local 80']],
    ['a\nserver api:8080;', ['pair api 8080']],
    ['until nc -z -w 2 db 5432; do sleep 1; done', ['dialled db 5432']],
    ['nslookup db.shop && echo up', ['dialled db.shop']],
    ['pg_isready -h db -p 5432 -U app', ['dialled db 5432']],
    ['mysqladmin ping -u root --host=db', ['dialled db']],
    ['redis-cli -h cache -p 6379 ping', ['dialled cache 6379']],
    ['rsync -h', []],
    ['# http://api:80\nkey: x # http://api:80', []],
    ['// api.shop.svc', []],
    ['s3://bucket/path', []],
    ['http://$(HOST):80', []],
    ['http://api-${STAGE}:80', []],
    ['{{ name }}.shop.svc', []],
    ['*.shop.svc', []],
    ['.svc,.cluster.local', []],
    ['10.0.0.1:8080', []],
    ['2026-01-01T10:30:00Z', []],
    ['registry.example.com/api:8080', []],
    ['sa@project.svc.example.com', []],
  ])('%s', (text, names) => {
    expect(read(text)).toEqual(names);
    if (names.length > 0) expect(mayNameHost(text)).toBe(true);
  });

  it('takes time linear in a long word', () => {
    const text = 'a'.repeat(200_000);
    const start = performance.now();
    expect([hostNames(text), mayNameHost(text)]).toEqual([[], false]);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('mayNameHost', () => {
  it.each(['plain words', 'https://www.example.com/path', 'key: 80, of 16:9'])(
    'not in %s',
    (text) => {
      expect(mayNameHost(text)).toBe(false);
    },
  );
});
