import { describe, expect, it } from 'vitest';
import { isHostSetting, settingPair } from '../../src/text/host-settings.ts';

describe('isHostSetting', () => {
  it.each([
    'DB_HOST',
    'REDIS_HOSTNAME',
    'SMTP_SERVER',
    'redis.host',
    'dbHost',
    'host',
    'KAFKA_BROKERS',
    'PGHOST',
  ])('%s holds a host', (name) => expect(isHostSetting(name)).toBe(true));
  it.each(['DB_PORT', 'GHOST', 'HOST_NETWORK', 'SERVER_NAME', 'HOSTS_FILE', ''])(
    '%s does not',
    (name) => expect(isHostSetting(name)).toBe(false),
  );
});

describe('settingPair', () => {
  it.each([
    ['DB_HOST', 'DB_PORT'],
    ['redis.host', 'redis.port'],
    ['dbHost', 'dbPort'],
    ['HOST', 'PORT'],
    ['PGHOST', 'PGPORT'],
    ['MAIL_SMTP_SERVER', 'MAIL_SMTP_PORT'],
  ])('%s belongs to %s', (host, port) => expect(settingPair(host)).toBe(settingPair(port)));
  it('keeps two stores apart', () => {
    expect(settingPair('DB_HOST')).not.toBe(settingPair('REDIS_PORT'));
    expect(settingPair('DB_NAME')).toBeUndefined();
  });
});
