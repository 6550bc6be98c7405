/** Words of computers and telephones that stand where a name could: "Windows Hello", "via Bluetooth", "Hard Drive". */
export const TECHNICAL_WORDS: ReadonlySet<string> = new Set(
  (
    'windows microsoft office outlook teams excel word powerpoint onedrive sharepoint access defender hello azure exchange server sql xbox surface ' +
    'apple iphone ipad macbook mac imac macos ios ipados watch airpods airdrop icloud itunes safari siri pro max mini plus ultra air gen studio retina ' +
    'samsung galaxy note tab fold flip huawei mate honor xiaomi redmi poco oppo realme oneplus motorola moto nokia pixel google chrome chromebook chromecast android ' +
    'hp dell lenovo thinkpad thinkcentre ideapad yoga legion acer aspire swift nitro asus zenbook vivobook rog tuf msi toshiba dynabook sony vaio lg gram fujitsu lifebook razer gigabyte ' +
    'inspiron latitude precision optiplex poweredge alienware elitebook probook pavilion envy spectre omen zbook proliant victus ' +
    'canon epson brother xerox kyocera ricoh oki lexmark laserjet officejet deskjet pixma ecotank workforce phaser versalink zebra dymo ' +
    'intel core xeon celeron pentium evo amd ryzen threadripper radeon nvidia geforce quadro rtx gtx arc kingston crucial corsair seagate western digital barracuda ironwolf sandisk hynix micron evo ' +
    'bios uefi usb hdmi displayport thunderbolt ethernet bluetooth wifi wi fi lan wan vpn vlan dns dhcp tcp udp ip ssd hdd nvme sata sas raid ram ddr dimm gpu cpu psu led lcd oled tpm nfc sim esim gps ' +
    'linux ubuntu debian fedora mint arch kali suse centos redhat kernel grub dos bitlocker filevault ' +
    'update upgrade feature safe mode recovery boot manager explorer edge firefox thunderbird adobe acrobat reader photoshop autocad teamviewer anydesk zoom skype whatsapp telegram facebook gmail dropbox norton mcafee avast kaspersky bitdefender malwarebytes spotify steam ' +
    'cisco meraki aruba ubiquiti unifi netgear tp link fritz fritzbox synology qnap diskstation wd blue red black green gold purple dlink mikrotik zyxel ' +
    'device control panel task hard drive disk flash pen optical tape cd dvd gb tb mb kb mhz ghz hz rpm screen display keyboard battery fan service support tag system error event code factory reset pin face touch id find my activation lock true tone stop blue ' +
    'fastboot adb odin hub dock docking station cable cavo cavi adattatore adapter porta port rete web internet software hardware firmware driver email mail fax telefono telefonica smart tv play fire stick alexa echo home assistant cloud app store key product power user account utente dispositivi gestione pannello prompt command console terminale terminal ' +
    'remote desktop desktop remoto sessione ssh ftp rdp https http api serial seriale parallela wireless infrared infrarossi satellite fibra adsl fttc ftth radio posta'
  ).split(' '),
);

/** Words that are names too; alone they are one only where nothing else capitalises them. */
export const AMBIGUOUS_NAMES: ReadonlySet<string> = new Set(
  (
    'will mark bill grant rose grace page angel paris florence jordan mac art gene jack frank max chase dawn crystal ruby pearl jade ivy olive summer may june april august ' +
    'rosa viola luce stella leo bianco bianchi bianca rossi rosso rossa neri nero nera verdi verde bruno grigi grigio ferri ferro costa monti monte fontana serra villa valle corti conti conte ' +
    'white black brown green gray grey blue gold silver stone wood field fields brook bridge bridges hill marsh banks long short young strong sharp bright power powers case cases price key keys lock locks ' +
    'sole mare luna aurora alba gioia vera pia franca libero felice santo salvi salvo chiara chiaro serena letizia vittoria gemma pace marino gallo leone lupo volpe testa mano piano piana basso bassi grande piccolo vecchio nuovo ' +
    'bell bush church cook cooper carter baker taylor mason miller porter potter turner walker fisher hunter parker rice reed read drew rich wise love hope faith joy sky skye'
  ).split(' '),
);

/** Given names that are nothing else, as they are common in English and Italian. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  (
    'alessandro alessandra alessia alessio alberto alfredo andrea angela angelo anna annalisa antonella antonia antonio arianna beatrice benedetta camilla carla carlo carlotta carmela carmine caterina cecilia cinzia claudia claudio cristian cristina ' +
    'daniela daniele dario davide debora diego domenico donatella edoardo elena eleonora elisa elisabetta emanuela emanuele emilia emma enrico enzo erica ettore fabio fabrizio federica federico filippo francesca francesco gabriele gabriella gaetano ' +
    'giacomo gianluca gianni gianluigi giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe giuseppina graziella guido ilaria irene jacopo laura leonardo lorenza lorenzo loredana luca lucia luciano lucio ludovica luigi luisa ' +
    'manuela marcella marcello marco margherita maria mariella marina mario marta martina massimiliano massimo matilde matteo mattia maurizio mauro michela michele mirko monica nadia nicola nicolo noemi ornella paola paolo pasquale patrizia piero pietro pierluigi ' +
    'raffaele raffaella renato riccardo rita roberta roberto rocco rosanna sabrina salvatore samuele sandra sandro sara sergio silvana silvia silvio simona simone sofia stefania stefano susanna teresa tiziana tommaso ugo umberto valentina valeria valerio vanessa veronica vincenzo virginia vito vittorio ' +
    'aaron adam alan albert alexander alice amanda amy andrew anthony arthur ashley barbara benjamin betty brandon brenda brian carol caroline catherine charles charlotte christina christine christopher cynthia daniel david deborah dennis diana donald donna dorothy douglas ' +
    'edward elizabeth emily eric ethan eugene frances gary george gerald gloria gregory hannah harold harry heather helen henry isabella jacob jacqueline james jane janet jason jeffrey jennifer jeremy jessica joan joe john johnny jonathan jose joseph joshua joyce juan judith judy julia julie justin ' +
    'karen katherine kathleen keith kelly kenneth kevin kimberly kyle larry lauren lawrence linda lisa logan louis margaret marie marilyn martha martin mary matthew megan melissa michael michelle nancy nathan nicholas nicole noah olivia oliver pamela patricia patrick paul peter philip rachel ralph raymond rebecca richard robert roger ronald roy russell ryan ' +
    'samantha samuel sandra sarah scott sean sharon shirley sophia stephanie stephen steven susan teresa theresa thomas timothy tyler victor vincent walter wayne william zachary hans klaus jurgen pierre jean francois ahmed mohamed muhammad fatima ali olga ivan dmitri svetlana sanjay priya wei carlos miguel sofia pedro'
  ).split(' '),
);

/** Words around names and addresses of firms that are no names. */
export const FIRM_WORDS: ReadonlySet<string> = new Set(
  (
    'srl srls spa snc sas sapa ltd llc inc corp gmbh plc coop onlus societa company co group gruppo italia italy europe international ' +
    'studio ditta azienda impresa computer computers service services servizi servizio consulting consulenza solutions systems technologies technology tech digital office hotel ristorante restaurant bar caffe casa centro center centre scuola school comune banca bank ' +
    'farmacia negozio shop store market edilizia elettronica informatica meccanica auto immobiliare assicurazioni trasporti logistica studio legale associati partners partner and the for per con dei del della delle degli dello di de da van von der den la le lo il el dos das'
  ).split(' '),
);
