import type { Platform } from '@riparo/shared/composition/platform';
import type { __Name__Config } from './config.js';
import { createNoteRepository } from './note/note.repository.js';

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: __Name__Config) => {
  const notes = createNoteRepository(platform);
  return {
    notes,
    limit: config.NOTES_PER_TENANT,
    /** Whatever has indexes. */
    repositories: [notes],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
