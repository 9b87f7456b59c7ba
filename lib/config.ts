/** The most images of one prediction, as inputs or outputs, whatever the model's schema allows. */
export const MAX_IMAGES_PER_PREDICTION = 20;
