import { createTestPlatform, type RunningTestService, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { create__Name__Service } from '../src/service.js';

export interface Bench extends TestPlatform, RunningTestService {}

/** The real service on a database of its own. */
export const startBench = async (): Promise<Bench> => {
  const world = await createTestPlatform({ service: '__name__' });
  const running = await world.startService((platform) => create__Name__Service(platform, { NOTES_PER_TENANT: 2 }));
  return { ...running, ...world };
};
