import type { TicketCategory, TicketPriority } from '@riparo/shared/contracts/enums';

/** What a customer asks, what is answered, and what helped. */
export interface TicketText {
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly title: string;
  readonly description: string;
  readonly reply: string;
  readonly answer: string;
  readonly resolution: string;
}

type Row = readonly [TicketCategory, TicketPriority, title: string, description: string, reply: string, answer: string, resolution: string];

const textOf = ([category, priority, title, description, reply, answer, resolution]: Row): TicketText => ({
  category,
  priority,
  title,
  description,
  reply,
  answer,
  resolution,
});

const ITALIAN: readonly Row[] = [
  [
    'HARDWARE',
    'HIGH',
    'Il portatile non si accende più',
    'Da stamattina premo il tasto e si vede solo la spia arancione per un secondo.',
    'Provi a staccare il caricatore e tenere premuto il tasto per trenta secondi. Che cosa succede?',
    'Fatto, ora parte ma si spegne dopo un minuto.',
    'Aggiornato il BIOS e sostituito il caricatore difettoso; provato per un’ora sotto carico.',
  ],
  [
    'HARDWARE',
    'MEDIUM',
    'La stampante fa strisce nere',
    'Tutte le pagine hanno una riga nera sul bordo sinistro, anche le fotocopie.',
    'Può stampare la pagina di prova e inviarci una foto?',
    'La riga c’è anche nella pagina di prova.',
    'Pulito il tamburo e il filo corona; pagina di prova pulita.',
  ],
  [
    'HARDWARE',
    'LOW',
    'Il monitor dell’ingresso sfarfalla',
    'Ogni tanto diventa nero e poi torna, di solito quando si muove la scrivania.',
    'Sembra il cavo. Ne portiamo uno nuovo alla prossima visita, oppure può passare al banco.',
    'Passo io domani mattina, grazie.',
    'Sostituito il cavo DisplayPort, immagine stabile.',
  ],
  [
    'SOFTWARE',
    'MEDIUM',
    'Outlook chiede sempre la password',
    'Dopo l’aggiornamento di ieri Outlook chiede la password ogni cinque minuti.',
    'Mi collego da remoto: le va bene nel primo pomeriggio?',
    'Sì, dopo le 14 sono in ufficio.',
    'Rimosse le credenziali salvate e ricreato il profilo; posta sincronizzata.',
  ],
  [
    'SOFTWARE',
    'HIGH',
    'Il gestionale non si apre su due postazioni',
    'Compare «Impossibile connettersi al database». Sulle altre postazioni funziona.',
    'Controllo subito il servizio sul server e il firewall delle due postazioni.',
    'Grazie, siamo fermi con le bolle.',
    'Il profilo di rete era passato a pubblico: ripristinato quello di dominio e la regola del firewall.',
  ],
  [
    'NETWORK',
    'CRITICAL',
    'Tutto l’ufficio senza internet',
    'Dalle 8:40 nessuno naviga e anche i telefoni sono muti.',
    'Vediamo il router acceso ma la linea è giù. Apriamo la segnalazione al gestore e attiviamo il backup 4G.',
    'Il backup funziona, i telefoni sono tornati.',
    'Linea ripristinata dal gestore; sostituito il cavo verso l’ONT, danneggiato dal cantiere.',
  ],
  [
    'NETWORK',
    'MEDIUM',
    'Wi-Fi lentissimo in sala riunioni',
    'In videochiamata l’audio salta, vicino alla finestra va meglio.',
    'Facciamo una scansione dei canali. Quante persone si collegano di solito?',
    'Otto o dieci.',
    'Spostato l’access point e passato al canale 44; misurati 180 Mbit/s in sala.',
  ],
  [
    'NETWORK',
    'HIGH',
    'Il NAS non è più raggiungibile',
    'Le cartelle condivise danno errore da questa mattina. La spia dello stato è arancione.',
    'Un disco del volume è in errore. Non riavviate, per favore: arriviamo con il ricambio.',
    'Va bene, non tocchiamo niente.',
    'Sostituito il disco 2 e ricostruito il RAID; nessun dato perso.',
  ],
  [
    'ACCOUNT',
    'MEDIUM',
    'Nuova collega: servono casella e accessi',
    'Lunedì inizia una nuova collega in amministrazione, come i permessi di Laura.',
    'Preparo utente, casella e stampante. Mi conferma nome e cognome?',
    'Beatrice Manfredini.',
    'Creati utente e casella, assegnati i gruppi; istruzioni consegnate alla segreteria.',
  ],
  [
    'ACCOUNT',
    'HIGH',
    'Account bloccato dopo le ferie',
    'Non ricordo la password e ora dice che l’account è bloccato.',
    'L’ho sbloccato: riceverà la password temporanea per telefono.',
    'Perfetto, sono entrato.',
    'Sbloccato l’account e impostata la verifica in due passaggi.',
  ],
  [
    'QUESTION',
    'LOW',
    'Conviene aggiornare il mio PC o cambiarlo?',
    'Ha sei anni ed è lento ad aprire i programmi. Lo uso per fatture e posta.',
    'Con un SSD e 16 GB di memoria va avanti tranquillamente altri tre anni. Le preparo un preventivo?',
    'Sì, volentieri.',
    'Consigliato SSD e memoria; preventivo inviato.',
  ],
  [
    'OTHER',
    'LOW',
    'Smaltimento di vecchi computer',
    'Abbiamo quattro PC in cantina: potete ritirarli e cancellare i dischi?',
    'Sì: ritiro gratuito con la prossima visita e certificato di cancellazione.',
    'Ottimo.',
    'Ritirati quattro PC, dischi cancellati, certificato inviato.',
  ],
];

const ENGLISH: readonly Row[] = [
  [
    'SOFTWARE',
    'MEDIUM',
    'Windows update fails with 0x80070643',
    'It has tried every night for a week and always rolls back.',
    'The recovery partition is too small for that update. Can I connect this afternoon?',
    'Yes, any time after three.',
    'Enlarged the recovery partition; the update went through.',
  ],
  [
    'HARDWARE',
    'MEDIUM',
    'Laptop gets hot and loud on video calls',
    'The fan runs at full speed and the keyboard is too warm to type.',
    'It sounds like dust and dried paste. Could you bring it in for an hour?',
    'I can drop it off on my way to work.',
    'Cleaned fan and heatsink, new thermal paste: 30 degrees cooler under load.',
  ],
  [
    'ACCOUNT',
    'HIGH',
    'A colleague clicked on a phishing link',
    'She entered her password before she noticed. What should we do?',
    'I have ended all her sessions and reset the password. Please do not delete the mail.',
    'Thank you for being so quick.',
    'Sessions ended, password and second factor renewed, no forwarding rules found.',
  ],
  [
    'NETWORK',
    'MEDIUM',
    'VPN drops every few minutes at home',
    'It worked until I changed my broadband provider.',
    'Your new router blocks UDP. I will send you a profile that uses TCP.',
    'It has been up for two hours now.',
    'New VPN profile over TCP 443; stable since.',
  ],
  [
    'SOFTWARE',
    'LOW',
    'Shared calendar shows the wrong time zone',
    'Meetings made in London appear an hour late here.',
    'One mailbox is still set to UTC. I can correct it remotely.',
    'Please do.',
    'Corrected the time zone of the mailbox and re-sent the invitations.',
  ],
  [
    'QUESTION',
    'LOW',
    'How do I move my photos to the new phone?',
    'There are about 60 GB and my cloud storage is full.',
    'Bring both phones: we copy them over a cable while you wait.',
    'Great, see you on Thursday.',
    'Moved photos and contacts over a cable at the counter.',
  ],
];

export const ITALIAN_TICKETS: readonly TicketText[] = ITALIAN.map(textOf);
export const ENGLISH_TICKETS: readonly TicketText[] = ENGLISH.map(textOf);
