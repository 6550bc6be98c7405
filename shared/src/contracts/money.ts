/** An integer amount of minor units with its ISO 4217 currency: `{ amount: 1250, currency: 'EUR' }` is 12.50 euros. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}
