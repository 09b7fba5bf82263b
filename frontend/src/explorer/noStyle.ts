/** In place of react-style-singleton: adds no style. */
export const styleSingleton = () => () => null;
