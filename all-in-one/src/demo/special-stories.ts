import { comingStory } from './coming-story.js';
import { fieldStories } from './field-story.js';
import type { Story } from './play.js';
import { shelfStory } from './shelf-story.js';
import { deskStory, plansStory, knowledgeStory } from './desk-story.js';
import { twiceReportedStories } from './twice-reported-story.js';
import type { World } from './world.js';

/** What there is one of, or a few. */
export const specialStories = (world: World): readonly Story[] => [
  plansStory(world),
  deskStory(world),
  shelfStory(world),
  knowledgeStory(world),
  ...twiceReportedStories(world),
  ...fieldStories(world),
  comingStory(world),
];
