import type { RepairTemplateKey } from './repair-templates.js';
import type { TemplateText } from './template.js';

const about = 'Riparazione {{number}}: {{device}}';
const expected = '{{#if estimate}}\nFine prevista: {{when estimate}}{{/if}}';
const hello = 'Ciao {{name}},\n\n';
const toPay = '{{#if amount}}Da pagare: {{money amount}}{{else}}Non c’è nulla da pagare.{{/if}}';
const leftToPay = '{{#if left}}Ancora da pagare: {{money left}}{{else}}Non resta nulla da pagare.{{/if}}';
const whoToCall =
  'Cliente: {{customer}}{{#if customerPhone}}\nTelefono: {{customerPhone}}{{/if}}{{#if customerEmail}}\nE-mail: {{customerEmail}}{{/if}}';
const job = `${about}\nProblema: {{problem}}{{#if customer}}\nCliente: {{customer}}{{/if}}${expected}`;
const see = 'Vedi la riparazione';
const open = 'Apri la riparazione';

const price =
  'Totale IVA inclusa: {{money total}}{{#if maximum}}\nAl massimo: {{money maximum}}{{/if}}\nValido fino al: {{when validUntil}}';
const forWork = '{{#if forTicket}}Ticket{{else}}Riparazione{{/if}} {{workNumber}}: {{about}}';

export const REPAIR_ITALIAN: Readonly<Record<RepairTemplateKey, TemplateText>> = {
  'repair-received': {
    subject:
      '[{{number}}] {{#if counter}}Abbiamo in consegna il tuo {{device}}{{else}}Abbiamo ricevuto la tua richiesta: {{device}}{{/if}}',
    body: `${hello}{{#if counter}}abbiamo preso in consegna il tuo dispositivo per la riparazione.{{else}}grazie per la tua richiesta. Abbiamo aperto una riparazione e ti risponderemo al più presto.{{/if}} Il numero è {{number}}.\n\nDispositivo: {{device}}{{#if serialNumber}}\nNumero di serie: {{serialNumber}}{{/if}}{{#if accessories}}\nAccessori: {{accessories}}{{/if}}{{#if condition}}\nStato: {{condition}}{{/if}}\nProblema: {{problem}}${expected}{{#if statusLink}}\n\nA che punto siamo puoi vederlo quando vuoi con il numero della riparazione e il numero di serie, senza password:\n{{statusLink}}{{/if}}`,
    action: see,
  },
  'repair-started': {
    subject: '[{{number}}] {{#if resumed}}Abbiamo ripreso{{else}}Abbiamo iniziato{{/if}} la riparazione: {{device}}',
    body: `${hello}{{#if technician}}{{technician}} ha{{else}}abbiamo{{/if}} {{#if resumed}}ripreso{{else}}iniziato{{/if}} a lavorare sul tuo dispositivo.{{#if reason}}\n\n{{reason}}{{/if}}\n\n${about}${expected}`,
    action: see,
  },
  'repair-held-up': {
    subject: '[{{number}}] {{repairStatus status}}: {{device}}',
    body: `${hello}al momento non possiamo proseguire con il tuo dispositivo: {{repairStatus status}}.{{#if reason}}\n\nMotivo: {{reason}}{{/if}}\n\n${about}${expected}`,
    action: see,
  },
  'repair-canceled': {
    subject: '[{{number}}] Annullata: {{device}}',
    body: `${hello}questa riparazione è stata annullata.{{#if reason}}\n\nMotivo: {{reason}}{{/if}}\n\n${about}\n\nSe il dispositivo è da noi, puoi venire a ritirarlo.`,
    action: see,
  },
  'repair-estimate-changed': {
    subject: '[{{number}}] {{#if estimate}}Fine prevista {{when estimate}}{{else}}Ancora nessuna data{{/if}}: {{device}}',
    body: `${hello}{{#if estimate}}prevediamo che il tuo dispositivo sia pronto {{when estimate}}{{#if previousEstimate}}, e non {{when previousEstimate}} come detto prima{{/if}}.{{else}}non possiamo rispettare la data che ti avevamo dato{{#if previousEstimate}} ({{when previousEstimate}}){{/if}} e ti diremo quella nuova appena la conosciamo.{{/if}}\n\n${about}`,
    action: see,
  },
  'repair-completed': {
    subject: '[{{number}}] Riparato: {{device}}',
    body: `${hello}il tuo dispositivo è stato riparato. Ti avviseremo appena potrai ritirarlo.{{#if work}}\n\nIntervento: {{work}}{{/if}}\n\n${about}\n${toPay}`,
    action: see,
  },
  'repair-refused': {
    subject: '[{{number}}] Non riparato: {{device}}',
    body: `${hello}non abbiamo potuto riparare il tuo dispositivo. Ti avviseremo appena potrai ritirarlo.{{#if work}}\n\nMotivo: {{work}}{{/if}}\n\n${about}\n${toPay}`,
    action: see,
  },
  'repair-ready': {
    subject: '[{{number}}] Pronto per il ritiro: {{device}}',
    body: `${hello}il tuo dispositivo è pronto: puoi ritirarlo presso {{company}}.{{#if companyAddress}}\n\nDove: {{companyAddress}}{{/if}}{{#if companyPhone}}\nTelefono: {{companyPhone}}{{/if}}\n\n${about}\n${leftToPay}\n\nPorta con te il numero della riparazione.`,
    action: see,
  },
  'repair-paid': {
    subject: '[{{number}}] Pagamento ricevuto: {{money paid}}',
    body: `${hello}grazie per il pagamento.\n\nRicevuto: {{money paid}} ({{paymentMethod method}}){{#if paidOn}}\nIl: {{when paidOn}}{{/if}}{{#if reference}}\nRiferimento: {{reference}}{{/if}}\n${leftToPay}\n\n${about}`,
    action: see,
  },
  'repair-refunded': {
    subject: '[{{number}}] Rimborso: {{money refunded}}',
    body: `${hello}ti abbiamo rimborsato.\n\nRimborso: {{money refunded}} ({{paymentMethod method}}){{#if refundedOn}}\nIl: {{when refundedOn}}{{/if}}{{#if reference}}\nRiferimento: {{reference}}{{/if}}{{#if reason}}\nMotivo: {{reason}}{{/if}}\n${leftToPay}\n\n${about}`,
    action: see,
  },
  'payment-to-verify-desk': {
    subject: '[{{number}}] Pagamento da verificare: {{money paid}}',
    body: `${hello}{{#if customer}}{{customer}} ha{{else}}un cliente ha{{/if}} inviato un pagamento da verificare.\n\nImporto: {{money paid}} ({{paymentMethod method}}){{#if reference}}\nRiferimento: {{reference}}{{/if}}\nRiparazione: {{number}}`,
    action: 'Verifica il pagamento',
  },
  'payment-rejected': {
    subject:
      '[{{number}}] {{#if sentBack}}Ti stiamo restituendo il pagamento di {{money paid}}{{else}}Non troviamo il tuo pagamento di {{money paid}}{{/if}}',
    body: `${hello}{{#if sentBack}}ti stiamo restituendo il pagamento di {{money paid}}.{{else}}non abbiamo trovato il bonifico di {{money paid}} che ci hai comunicato{{#if reference}} ({{reference}}){{/if}}.{{/if}}{{#if reason}}\n\n{{reason}}{{/if}}\n\nHai domande? Contattaci{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}`,
    action: see,
  },
  'repair-collected': {
    subject: '[{{number}}] Riconsegnato: {{device}}',
    body: `${hello}il tuo dispositivo è stato riconsegnato{{#if collectedBy}} a {{collectedBy}}{{/if}}{{#if collectedAt}}, {{when collectedAt}}{{/if}}. Grazie per la fiducia.\n\n${about}`,
    action: see,
  },
  'repair-pickup-notice': {
    subject: '[{{number}}] {{#if last}}Ultimo promemoria: ritira{{else}}Ritira{{/if}} il tuo {{device}}',
    body: `${hello}{{#if again}}il tuo dispositivo è ancora da noi{{else}}il tuo dispositivo ti aspetta presso {{company}}{{/if}}: è pronto da {{when readyOn}}.{{#if last}} Questo è il nostro ultimo promemoria.{{/if}}{{#if givenUpAfter}}\n\nSe nessuno lo ritira entro {{when givenUpAfter}}, potremo considerarlo abbandonato, come concordato alla consegna.{{/if}}{{#if storageFee}}\n\nCustodia finora: {{money storageFee}}. È compresa in quanto è da pagare.{{/if}}{{#if companyAddress}}\n\nDove: {{companyAddress}}{{/if}}{{#if companyPhone}}\nTelefono: {{companyPhone}}{{/if}}\n\n${about}\n${leftToPay}\n\nSe non puoi venire, telefonaci.`,
    action: see,
  },
  'repair-abandoned': {
    subject: '[{{number}}] Abbandonato: {{device}}',
    body: `${hello}nessuno ha ritirato il tuo dispositivo dopo il nostro ultimo promemoria e lo consideriamo abbandonato, come concordato alla consegna.{{#if left}}\n\nAncora da pagare: {{money left}}{{/if}}{{#if companyPhone}}\n\n{{company}}: {{companyPhone}}{{/if}}\n\n${about}`,
    action: see,
  },
  'repair-replied-customer': {
    subject: '[{{number}}] Nuova risposta: {{device}}',
    body: `${hello}{{#if author}}{{author}} ha scritto{{else}}c’è una risposta{{/if}}:\n\n{{reply}}\n\n${about}`,
    action: see,
  },
  'repair-replied-technician': {
    subject: '[{{number}}] Il cliente ha risposto: {{device}}',
    body: `${hello}{{#if author}}{{author}}{{else}}il cliente{{/if}} ha scritto:\n\n{{reply}}\n\n${about}`,
    action: open,
  },
  'repair-assigned-technician': {
    subject: '[{{number}}] Riparazione per te: {{device}}',
    body: `${hello}questa riparazione ti è stata assegnata.\n\n${job}`,
    action: open,
  },
  'repair-unassigned-technician': {
    subject: '[{{number}}] Riparazione non più tua: {{device}}',
    body: `${hello}questa riparazione non è più assegnata a te.\n\n${about}`,
  },
  'repair-canceled-staff': {
    subject: '[{{number}}] Annullata: {{device}}',
    body: `${hello}questa riparazione è stata annullata.{{#if reason}}\n\nMotivo: {{reason}}{{/if}}\n\n${job}`,
    action: open,
  },
  'repair-requested-desk': {
    subject: '[{{number}}] {{#if customer}}{{customer}} chiede{{else}}Un cliente chiede{{/if}} una riparazione: {{device}}',
    body: `${hello}c’è una nuova richiesta di riparazione.\n\n${about}\nProblema: {{problem}}\n\n${whoToCall}`,
    action: open,
  },
  'repair-outcome-desk': {
    subject: '[{{number}}] {{#if refused}}Rifiutata{{else}}Completata{{/if}}: {{device}}',
    body: `${hello}{{#if author}}{{author}}{{else}}il tecnico{{/if}} ha {{#if refused}}rifiutato{{else}}completato{{/if}} questa riparazione. Informa il cliente, per favore, e preparala per il ritiro.{{#if work}}\n\n{{work}}{{/if}}\n\n${about}\n${toPay}\n\n${whoToCall}`,
    action: open,
  },
  'repair-parts-arrived': {
    subject: '[{{number}}] Ricambi arrivati: {{device}}',
    body: `${hello}i ricambi che mancavano per questa riparazione sono arrivati: puoi proseguire.\n\n${job}`,
    action: open,
  },
  'quote-sent': {
    subject: '[{{number}}] {{#if newer}}Il tuo nuovo preventivo{{else}}Il tuo preventivo{{/if}}: {{about}}',
    body: `${hello}{{#if newer}}qualcosa è cambiato: ecco un nuovo preventivo, che sostituisce il precedente.{{else}}ecco il nostro preventivo{{#unless forTicket}} per la riparazione del tuo dispositivo{{/unless}}.{{/if}}\n\n${price}\n\nFacci sapere con il pulsante qui sotto se possiamo procedere. Fino ad allora il lavoro resta in attesa.\n\n${forWork}`,
    action: 'Vedi il preventivo e rispondi',
  },
  'quote-reminder': {
    subject: '[{{number}}] Aspettiamo la tua risposta: {{about}}',
    body: `${hello}non abbiamo ancora ricevuto risposta al preventivo, e il lavoro è in attesa.\n\n${price}\n\n${forWork}`,
    action: 'Vedi il preventivo e rispondi',
  },
  'quote-accepted': {
    subject: '[{{number}}] Preventivo accettato: {{about}}',
    body: `${hello}grazie: il preventivo è stato accettato e il lavoro prosegue.\n\n${price}\n\n${forWork}`,
    action: 'Vedi il preventivo',
  },
  'quote-expired': {
    subject: '[{{number}}] Preventivo scaduto: {{about}}',
    body: `${hello}il preventivo era valido fino al {{when validUntil}} ed è scaduto senza risposta. Il lavoro è fermo: se lo vuoi ancora, chiamaci.{{#if companyPhone}}\n\n{{company}}: {{companyPhone}}{{/if}}\n\n${forWork}`,
    action: 'Vedi il preventivo',
  },
  'quote-withdrawn': {
    subject: '[{{number}}] Preventivo ritirato: {{about}}',
    body: `${hello}abbiamo ritirato questo preventivo: non devi più rispondere. Ti contatteremo noi.\n\n${forWork}`,
    action: 'Vedi il preventivo',
  },
  'quote-decided-staff': {
    subject: '[{{number}}] {{#if accepted}}Accettato{{else}}Rifiutato{{/if}}: {{about}}',
    body: `${hello}{{#if customer}}{{customer}}{{else}}il cliente{{/if}} ha {{#if accepted}}accettato{{else}}rifiutato{{/if}} questo preventivo.{{#if comment}}\n\n{{comment}}{{/if}}\n\n${price}\n\n${forWork}`,
    action: 'Apri il preventivo',
  },
  'quote-expired-staff': {
    subject: '[{{number}}] Scaduto senza risposta: {{about}}',
    body: `${hello}nessuno ha risposto in tempo a questo preventivo. Il lavoro è ancora in attesa: senti il cliente, per favore.\n\n${forWork}`,
    action: 'Apri il preventivo',
  },
  'invoice-issued': {
    subject:
      '[{{number}}] {{#if creditNote}}La tua nota di credito{{else}}{{#if receipt}}La tua ricevuta{{else}}La tua fattura{{/if}}{{/if}}: {{money total}}',
    body: `${hello}{{#if creditNote}}ecco la nostra nota di credito per {{credits}}.{{else}}ecco {{#if receipt}}la nostra ricevuta{{else}}la nostra fattura{{/if}} per {{#if forTicket}}il ticket{{else}}la riparazione{{/if}} {{workNumber}}.{{/if}}\n\nNumero: {{number}}\nTotale IVA inclusa: {{money total}}{{#if dueOn}}\nDa pagare entro: {{when dueOn}}{{/if}}\n\n{{#if openUntil}}Puoi aprirla e scaricarla con il pulsante qui sotto fino al {{when openUntil}}, senza password.{{else}}Puoi leggerla e scaricarla quando vuoi nella tua area personale.{{/if}}`,
    action: 'Vedi il documento',
  },
  'work-report-closed': {
    subject: '[{{number}}] {{#if newer}}Rapporto di intervento corretto{{else}}Rapporto di intervento{{/if}}: da approvare',
    body: `${hello}{{#if newer}}ecco il rapporto corretto sul nostro intervento, che sostituisce il precedente.{{else}}ecco il rapporto sul nostro intervento.{{/if}} Leggilo e, se è tutto giusto, approvalo.{{#if work}}\n\nIntervento: {{work}}{{/if}}{{#if total}}\nTotale IVA inclusa: {{money total}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Riparazione{{/if}} {{workNumber}}\n\nQualcosa non va? Scrivicelo nella stessa pagina e lo correggeremo.`,
    action: 'Leggi e approva',
  },
  'work-report-approved': {
    subject: '[{{number}}] Rapporto di intervento approvato',
    body: `${hello}grazie per aver approvato il rapporto sul nostro intervento.{{#if work}}\n\nIntervento: {{work}}{{/if}}{{#if total}}\nTotale IVA inclusa: {{money total}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Riparazione{{/if}} {{workNumber}}`,
    action: 'Rileggi il rapporto',
  },
  'work-report-answered-staff': {
    subject: '[{{number}}] {{#if approved}}Approvato{{else}}Contestato dal cliente{{/if}}: {{workNumber}}',
    body: `${hello}{{#if approved}}{{#if by}}{{by}}{{else}}il cliente{{/if}} ha approvato questo rapporto di intervento: puoi concludere il lavoro.{{else}}il cliente non è d’accordo con questo rapporto di intervento: correggilo e chiudilo di nuovo.{{#if reason}}\n\n{{reason}}{{/if}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Riparazione{{/if}} {{workNumber}}{{#if customer}}\nCliente: {{customer}}{{/if}}`,
    action: 'Apri il rapporto',
  },
  'part-low-on-stock': {
    subject: '[{{sku}}] Scorta bassa: {{part}}',
    body: `${hello}di {{part}} ({{sku}}) ne restano disponibili {{available}}, meno della scorta minima di {{minimumStock}}.`,
    action: 'Apri il ricambio',
  },
};
