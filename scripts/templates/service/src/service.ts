import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { __Name__Config } from './config.js';
import { createNoteRepository } from './note/note.repository.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export const create__Name__Service = (platform: Platform, config: __Name__Config): Service => {
  const notes = createNoteRepository(platform);
  return assembleService({
    name: '__name__',
    platform,
    routes: routes({ notes, limit: config.NOTES_PER_TENANT }),
    subscriptions: subscriptions(),
    repositories: [notes],
  });
};
