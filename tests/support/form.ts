/** Whether the tests run in their full form (`npm run test:all`). `npm test` runs a short form, with fewer cases. */
export const isFull = process.env.TEST_FORM === "full";

/** Returns the first number in the short form of the tests, and the second one in the full form. */
export const size = (few: number, full: number) => (isFull ? full : few);
