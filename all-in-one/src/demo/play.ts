/**
 * A story of the history: whatever happens to one ticket, one repair. It yields the moment at which it goes on. A story
 * that would go on after the end of the history is left as it is then, and so there is open work.
 */
export type Story = AsyncGenerator<Date, void, void>;

interface Waiting {
  readonly story: Story;
  readonly at: number;
  readonly turn: number;
}

export interface PlayOptions {
  readonly stories: readonly Story[];
  readonly until: Date;
  /** Sets the clock, which never goes back. */
  readonly turnTo: (moment: Date) => void;
  /** Resolves when everything has been handled that the step brought about. */
  readonly settle: () => Promise<void>;
}

const earlier = (one: Waiting, other: Waiting): number => one.at - other.at || one.turn - other.turn;

/** Plays all stories one step at a time, in the order of their moments, so that the outcome is the same every time. */
export const play = async ({ stories, until, turnTo, settle }: PlayOptions): Promise<void> => {
  const waiting: Waiting[] = [];
  let turn = 0;
  let now = 0;
  const step = async (story: Story): Promise<void> => {
    const { done, value } = await story.next();
    await settle();
    if (done !== true) waiting.push({ story, at: Math.max(now, value.getTime()), turn: turn++ });
  };
  for (const story of stories) await step(story);
  for (;;) {
    waiting.sort(earlier);
    const next = waiting.shift();
    if (next === undefined || next.at > until.getTime()) break;
    turnTo(new Date((now = next.at)));
    await step(next.story);
  }
};
