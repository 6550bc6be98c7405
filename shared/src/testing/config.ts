/** Servers that tests use instead of starting their own; a build server sets these variables. */
export interface TestConfig {
  /** `TEST_MONGO_URL`: a real MongoDB instead of embedded-mongo. */
  readonly mongoUrl?: string;
}

export const readTestConfig = (): TestConfig => {
  const mongoUrl = process.env.TEST_MONGO_URL;
  return mongoUrl === undefined || mongoUrl === '' ? {} : { mongoUrl };
};
