/** A customer as it is sent to the API; `undefined` leaves a field out. */
export const buildCustomer = (part: object = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({
      type: 'INDIVIDUAL',
      name: 'Mario',
      surname: 'Rossi',
      contactEmail: 'mario.rossi@example.test',
      contactPhone: '+39 333 1234567',
      ...part,
    }).filter(([, value]) => (value as unknown) !== undefined),
  );

export const buildAddress = (part: object = {}): object => ({
  line1: 'Via Roma 1',
  city: 'Torino',
  state: 'TO',
  postalCode: '10121',
  country: 'IT',
  ...part,
});
