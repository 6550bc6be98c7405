/** The columns of a table of devices, for export and import alike: what was exported can be imported again. */
export const COLUMNS = [
  'friendlyName',
  'category',
  'brand',
  'model',
  'serialNumber',
  'location',
  'primaryUser',
  'os',
  'purchaseDate',
  'warrantyEndDate',
  'tags',
  'notes',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Told by an export; an import reads past them. */
export const EXPORTED_ONLY = ['id', 'status', 'coverageStatus', 'coveredUntil', 'customerId'] as const;

export const TAG_SEPARATOR = ';';
