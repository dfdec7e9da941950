Pythonpaket från Debian och från annat håll
===========================================

Denna fil förklarar varför installationsprogram som pip och uv vägrar
att ändra denna Python, och vad du kan göra i stället. Den handlar bara
om en enda Python, nämligen den som detta kommando startar:
    $ python3

Skriv inte in dollartecknet i början av raden när du följer exemplen.
Indragna rader utan dollartecken är inte kommandon, utan flaggor,
inställningar eller filnamn. Paketnamn som requests och httpie är
exempel.

Varför denna Python är spärrad
------------------------------

Debian hanterar denna Python med sin pakethanterare (apt). Program från
Debian är beroende av de paket som hör till denna Python. Ett
installationsprogram som ersatte eller tog bort något av dem skulle
kunna göra sådana program obrukbara, och därför avbryter det innan det
ändrar något. Ingenting är trasigt, och ingenting har installerats eller
tagits bort.

Virtuella miljöer och andra Pythoninstallationer på denna dator påverkas
inte. Regeln gäller inte bara Debian, utan är en specifikation för hela
Python:
    https://peps.python.org/pep-0668/

Paket från Debian
-----------------

Så här installerar du ett paket från Debian (som root, till exempel med
sudo):
    $ apt install python3-requests

Paket som installeras på detta sätt uppdateras tillsammans med resten av
systemet. Deras namn kan skilja sig från de namn som pip känner till. Så
här söker du efter ett paket:
    $ apt search --names-only requests

Utelämna de paket som bara är rekommenderade när du bygger en
behållaravbild:
    $ apt-get update && apt-get install --yes --no-install-recommends python3-requests

Virtuella miljöer
-----------------

En virtuell miljö är en katalog med egna paket. Miljön använder denna
Python, men ingenting utanför katalogen ändras. Så här skapar du en
miljö och installerar ett paket i den (kräver paketet python3-venv):
    $ python3 -m venv .venv
    $ .venv/bin/pip install requests

Utan paketet som nämns ovan misslyckas det första kommandot med ett
meddelande som anger paketet. Installera det och kör kommandot igen. Ge
varje projekt en egen miljö. För att ta bort en miljö tar du bort dess
katalog:
    $ rm -r .venv

Köra program från en miljö
--------------------------

Starta dina program med Python från miljön, så hittas paketen
automatiskt:
    $ .venv/bin/python app.py

Du behöver inte aktivera miljön, men det går bra. Efter aktiveringen
tillhör kommandona python och pip miljön tills skalet avslutas (sh, bash
och zsh):
    $ . .venv/bin/activate
Samma sak i skalet fish:
    $ source .venv/bin/activate.fish
Så här lämnar du miljön igen:
    $ deactivate

Skript, tjänster och schemalagda jobb
-------------------------------------

Ange den fullständiga sökvägen till Python i miljön. Då behövs varken
aktivering eller miljövariabler. Första raden i ett skript:
    #!/opt/venv/bin/python
I en systemd-enhet:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
I en crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Använda paket från Debian i en miljö
------------------------------------

En miljö kan också komma åt paketen från Debian om den skapas så här:
    $ python3 -m venv --system-site-packages .venv
Det som redan finns används då, och installeras inte en gång till. Om du
uppgraderar ett sådant paket i miljön hamnar den nyare versionen där och
används bara av miljön:
    $ .venv/bin/pip install --upgrade requests

För att ändra detta senare redigerar du en rad i miljöns fil pyvenv.cfg:
    include-system-site-packages = true

Program
-------

Verktyget pipx ger varje program en egen miljö och gör dess kommandon
tillgängliga (kräver paketet pipx):
    $ pipx install httpie

Om kommandona inte hittas efteråt kör du detta en gång och loggar in på
nytt:
    $ pipx ensurepath
Så här uppgraderar du alla program som har installerats på detta sätt:
    $ pipx upgrade-all
Så här kör du ett program en gång utan att installera det:
    $ pipx run cowsay -t hi
Så här installerar du ett program för alla användare (som root):
    $ pipx install --global httpie

Program med insticksmoduler
---------------------------

En insticksmodul hör hemma i samma miljö som sitt program:
    $ pipx inject httpie httpie-jwt-auth
Ett program som själv installerar sina insticksmoduler behöver en miljö
som det kan skriva till, så installera även ett sådant program med pipx.

Användarinstallationer och andra kataloger
------------------------------------------

Även en installation i din hemkatalog stoppas, eftersom varje program
som du kör med denna Python skulle använda det som har installerats där:
    --user
Inställningar som slår på eller stänger av användarinstallationer ändrar
inte på detta:
    PYTHONNOUSERSITE=1
Installationer i en katalog som du själv anger stoppas inte:
    --target
    --prefix
    --root
Det kontrolleras inte var en sådan katalog ligger, så se till att det
inte är en som systemet använder.

Om du åsidosätter spärren som root hamnar paketen i följande katalog,
och alla program använder sedan dem i stället för paketen från Debian:
    /usr/local/lib/python3.13/dist-packages

Behållare
---------

Skapa miljön i en katalog med fast sökväg och lägg miljön först i
sökvägen för kommandon. I en Dockerfile eller Containerfile:
    RUN python3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
En miljö är värd besväret även i en behållare: det du installerar kan
inte förstöra programmen från Debian, och en uppdatering från Debian kan
inte ändra på det du har installerat. Säkerhetsskannrar rapporterar
miljöns paket vid sidan av dem från Debian.

Inloggningsskal och sudo återställer sökvägen för kommandon. Använd den
fullständiga sökvägen där, eller skicka sökvägen för kommandon vidare:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Om behållaren körs med ett godtyckligt användar-ID fungerar en miljö som
tillhör root ändå. Endast om en användare med ett sådant ID måste
installera paket medan behållaren körs behöver du köra detta när du
bygger avbilden:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Om du kopierar en miljö från ett byggsteg till ett annat ska du behålla
dess sökväg och versionen av Python. Med en annan sökväg startar inte
miljöns kommandon.

Python i en miljö kan skapa ytterligare miljöer, och de är inte beroende
av den första.

Det mesta av utrymmet i en ny miljö upptas av dess kopia av pip. För att
klara dig utan kopian använder du en pip som finns utanför miljön:
    $ python3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Program som inte bryr sig om sökvägen för kommandon följer ofta denna
variabel:
    VIRTUAL_ENV=/opt/venv

En avbild med en egen Python, som inte kommer från Debian, berörs inte
av regeln.

Stänga av spärren
-----------------

Spärren är en enda fil, som installationsprogrammen letar efter:
    /usr/lib/python3.13/EXTERNALLY-MANAGED
Om du bara tar bort filen kommer den tillbaka när paketet som den
tillhör uppdateras eller installeras igen.

Så här stänger du av spärren för denna version av Python tills du slår
på den igen (som root):
    $ dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED
Så här slår du på den igen:
    $ dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED

I en avbild kan pakethanteraren utelämna filen som utgör spärren, även i
senare versioner av Python. Innan Python installeras lägger du i den fil
som anges först till det som står under filnamnet:
    /etc/dpkg/dpkg.cfg.d/externally-managed
    path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED

Den som bygger en avbild åt andra bör behålla spärren, eftersom det är
avbildens användare som har mest nytta av den.

Åsidosätta spärren, och risken med det
--------------------------------------

Denna flagga för pip och uv åsidosätter spärren en gång:
    --break-system-packages
Program från Debian kan sluta fungera, och det kan även själva
pakethanteraren. Använd flaggan bara på ett system som du kan vara utan,
till exempel en avbild som du kan bygga om.

Samma sak för alla kommandon i ett skal eller en avbild (endast pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
Samma sak för alla användare, tills du ångrar det med det andra av de
två kommandona (endast pip, som root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Så här hittar du sådana inställningar som har blivit kvar:
    $ pip config list
Så här hittar du flaggan i skript:
    $ grep -rn break-system-packages .

Även när spärren åsidosätts kan pip vägra att avinstallera paket från
Debian, eftersom de saknar en fillista som pip kan läsa.

Felsökning
----------

Ta först reda på vilken pip som körs, och för vilken Python:
    $ pip --version
En pip som är äldre än version 23.0 känner inte till spärren och ändrar
denna Python utan att varna. Låt inte pip från Debian uppgradera sig
själv, för då går de ändringar som Debian gör i programmet förlorade.

Om du stoppas av spärren trots att en miljö är aktiv har miljön troligen
flyttats eller bytt namn: dess egen pip startar inte längre, och en
annan körs i stället. Skapa den på nytt på den nya platsen:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ python3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

Kopiera inte miljöer: pip i kopian installerar i originalet. På ett
filsystem som inte låter program köras (noexec) stoppas du av spärren
trots att en miljö är aktiv. Skapa då miljön någon annanstans. Om du
inte får skriva till en miljö frågar du den som skapade den, eller
skapar en egen.
