/** An integer amount of minor units (cents) with its ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}
