declare module 'snowball-stemmers' {
  interface Stemmer {
    stem(word: string): string;
  }
  const snowball: { newStemmer(language: 'english' | 'italian'): Stemmer };
  // eslint-disable-next-line no-restricted-syntax -- that is how the library exports it
  export default snowball;
}
