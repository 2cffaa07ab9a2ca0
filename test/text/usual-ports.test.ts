import { describe, expect, it } from 'vitest';
import { wordsIn } from '../../src/text/host-settings.ts';
import { usualPort } from '../../src/text/usual-ports.ts';

describe('usualPort', () => {
  it.each([
    ['POSTGRES_HOST', 5432],
    ['spring.redis.host', 6379],
    ['PGHOST', 5432],
    ['mongodb', 27017],
    ['POSTGRESQL_PG_HOST', 5432],
  ])('%s speaks of %i', (name, port) => expect(usualPort(wordsIn(name))).toBe(port));
  it.each(['DB_HOST', 'HOST', '', 'REDIS_OR_POSTGRES_HOST'])('%s of none', (name) =>
    expect(usualPort(wordsIn(name))).toBeUndefined(),
  );
});
