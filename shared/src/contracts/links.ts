/** Purposes of signed links: one service puts the link into a mail, another does what it grants. */

/** Rates a closed ticket; the subject is the ticket's id. */
export const RATING_LINK = 'rating';
