/** Whether the tests run in full, as in `npm run test:all`. `npm test` runs a short form: fewer of everything. */
export const isFull = process.env.TEST_FORM === "full";

/** The first number in the short form, the second in the full one. */
export const size = (few: number, full: number) => (isFull ? full : few);
