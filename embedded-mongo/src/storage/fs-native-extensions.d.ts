declare module 'fs-native-extensions' {
  /** Whether the open file is now locked for as long as it is open; false if somebody else has it. */
  export function tryLock(file: number, options?: { shared?: boolean }): boolean;
}
