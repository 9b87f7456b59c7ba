/** Most images of one prediction, asked for or given, whatever a model's schema says. */
export const MOST_IMAGES = 20;
