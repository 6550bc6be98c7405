declare module 'fs-native-extensions' {
  interface How {
    shared?: boolean;
  }
  /** Whether the open file is now locked until it is unlocked or closed; false if somebody else has it. */
  export function tryLock(file: number, options?: How): boolean;
  /** Waits, in a thread of its own, until nobody else has it. */
  export function waitForLock(file: number, options?: How): Promise<void>;
  export function unlock(file: number): void;
}
