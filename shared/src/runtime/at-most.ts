/**
 * Options of an `LRUCache` of so many entries. Its memory grows with them. With `max` instead, the cache takes the
 * memory of all entries at once: 100,000 cost 3 MB and 20 ms of every start.
 */
export const atMost = (entries: number): { readonly maxSize: number; readonly sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
});
