/** Most pictures of one prediction, asked for or given, whatever a model's schema says. */
export const MOST_PICTURES = 20;
