Paketi za Python, iz distribucije Debian in od drugod
=====================================================

Ta datoteka pojasnjuje, zakaj namestitveni programi, kot sta pip in uv,
zavračajo spreminjanje tega Pythona in kaj lahko storite namesto tega.
Nanaša se samo na en Python, na tistega, ki ga zažene ta ukaz:
    $ python3

V primerih ne vnašajte znaka za dolar na začetku vrstice. Zamaknjene
vrstice brez znaka za dolar niso ukazi, temveč možnosti, nastavitve ali
imena datotek. Imena paketov, kot sta requests in httpie, so samo
primeri.

Zakaj ta Python zavrača spremembe
---------------------------------

Distribucija Debian skrbi za ta Python s svojim upravljalnikom paketov
(apt). Programi iz distribucije Debian so odvisni od paketov tega
Pythona. Namestitveni program, ki bi katerega od teh paketov zamenjal
ali odstranil, bi lahko take programe pokvaril, zato se ustavi, preden
kar koli spremeni. Nič ni pokvarjeno in nič ni bilo nameščeno ali
odstranjeno.

To ne velja za virtualna okolja niti za druge namestitve Pythona na tem
računalniku. Pravilo ni posebnost distribucije Debian, temveč
specifikacija, ki velja za ves Python:
    https://peps.python.org/pep-0668/

Paketi iz distribucije Debian
-----------------------------

Paket iz distribucije Debian namestite takole (kot root, na primer z
ukazom sudo):
    $ apt install python3-requests

Tako nameščeni paketi se posodabljajo skupaj s preostalim sistemom.
Njihova imena se lahko razlikujejo od imen, ki jih pozna pip. Paket
poiščete takole:
    $ apt search --names-only requests

V sliki vsebnika izpustite pakete, ki so samo priporočeni:
    $ apt-get update && apt-get install --yes --no-install-recommends python3-requests

Virtualna okolja
----------------

Virtualno okolje je imenik z lastnimi paketi. Okolje uporablja ta
Python, zunaj imenika pa se nič ne spremeni. Okolje ustvarite in vanj
namestite paket takole (potreben je paket python3-venv):
    $ python3 -m venv .venv
    $ .venv/bin/pip install requests

Brez zgoraj navedenega paketa prvi ukaz ne uspe in izpiše sporočilo z
imenom tega paketa; namestite ga in ukaz zaženite znova. Za vsak projekt
ustvarite ločeno okolje. Okolje izbrišete tako, da izbrišete njegov
imenik:
    $ rm -r .venv

Zaganjanje programov iz okolja
------------------------------

Svoje programe zaganjajte s Pythonom iz okolja, ki pakete najde sam:
    $ .venv/bin/python app.py

Aktiviranje okolja ni obvezno. Ko je okolje aktivirano, ukaza python in
pip pripadata temu okolju, dokler se lupina ne zapre (sh, bash in zsh):
    $ . .venv/bin/activate
Enako v lupini fish:
    $ source .venv/bin/activate.fish
Iz okolja izstopite takole:
    $ deactivate

Skripti, storitve in razporejena opravila
-----------------------------------------

Navedite polno pot do Pythona v okolju. Aktiviranje ni potrebno in tudi
okoljske spremenljivke niso. Prva vrstica skripta:
    #!/opt/venv/bin/python
V enoti za systemd:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
V datoteki crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Uporaba paketov iz distribucije Debian v okolju
-----------------------------------------------

Okolje lahko vidi tudi pakete iz distribucije Debian, če ga ustvarite
takole:
    $ python3 -m venv --system-site-packages .venv
Kar je že na voljo, se potem uporabi in se ne namesti še enkrat. Če tak
paket nadgradite v okolju, se novejša kopija namesti v to okolje in jo
uporablja samo to okolje:
    $ .venv/bin/pip install --upgrade requests

Če želite to pozneje spremeniti, uredite eno vrstico v datoteki
pyvenv.cfg tega okolja:
    include-system-site-packages = true

Aplikacije
----------

Program pipx vsaki aplikaciji dodeli svoje okolje in poskrbi, da so
njeni ukazi na voljo (potreben je paket pipx):
    $ pipx install httpie

Če ukazov potem ni mogoče najti, enkrat zaženite naslednji ukaz in se
znova prijavite:
    $ pipx ensurepath
Vse tako nameščene aplikacije nadgradite takole:
    $ pipx upgrade-all
Aplikacijo lahko enkrat zaženete tudi brez namestitve:
    $ pipx run cowsay -t hi
Aplikacijo za vse uporabnike namestite takole (kot root):
    $ pipx install --global httpie

Aplikacije z vtičniki
---------------------

Vtičnik sodi v okolje svoje aplikacije:
    $ pipx inject httpie httpie-jwt-auth
Aplikacija, ki svoje vtičnike namešča sama, potrebuje okolje, v katero
lahko piše, zato tudi njo namestite s programom pipx.

Uporabniške namestitve in drugi imeniki
---------------------------------------

Zavrnjena je tudi namestitev v vaš domači imenik, saj bi jo uporabljal
vsak program, ki ga zaženete s tem Pythonom:
    --user
Nastavitve, ki vklopijo ali izklopijo uporabniške namestitve, tega ne
spremenijo:
    PYTHONNOUSERSITE=1
Namestitev v imenik, ki ga navedete sami, ni zavrnjena:
    --target
    --prefix
    --root
Nihče ne preverja, kje je tak imenik, zato pazite, da ne izberete
imenika, ki ga uporablja sistem.

Če kot root obidete zaščito, se paketi namestijo v naslednji imenik, vsi
programi pa jih potem uporabljajo namesto paketov iz distribucije
Debian:
    /usr/local/lib/python3.13/dist-packages

Vsebniki
--------

Okolje ustvarite na stalni poti in ga postavite na prvo mesto v iskalni
poti za ukaze. V datoteki Dockerfile ali Containerfile:
    RUN python3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
Okolje se splača tudi v vsebniku: kar namestite, ne more pokvariti
programov iz distribucije Debian, njene posodobitve pa ne morejo
razveljaviti tega, kar ste namestili. Varnostni pregledovalniki poleg
paketov iz distribucije Debian prikažejo tudi pakete iz okolja.

Prijavne lupine in ukaz sudo ponastavijo iskalno pot. V teh primerih
uporabite polno pot ali pa iskalno pot posredujte naprej:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Če se vsebnik izvaja s poljubnim ID-jem uporabnika, okolje, ki pripada
uporabniku root, še vedno deluje. Samo če mora uporabnik s takim ID-jem
nameščati pakete med delovanjem vsebnika, pri gradnji slike zaženite
naslednji ukaz:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Če okolje kopirate iz ene stopnje gradnje v drugo, ohranite njegovo pot
in različico Pythona. Na drugi poti se njegovi ukazi ne zaženejo.

Python iz okolja lahko ustvarja nova okolja; ta niso odvisna od prvega.

Večino prostora v novem okolju zavzame njegova kopija programa pip. Če
te kopije ne potrebujete, uporabite program pip, ki je zunaj okolja:
    $ python3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Programi, ki iskalne poti ne upoštevajo, pogosto upoštevajo to
spremenljivko:
    VIRTUAL_ENV=/opt/venv

Pravilo ne velja za sliko s svojim Pythonom, ki ni iz distribucije
Debian.

Izklop zaščite
--------------

Zaščita je ena sama datoteka, ki jo iščejo namestitveni programi:
    /usr/lib/python3.13/EXTERNALLY-MANAGED
Če jo samo izbrišete, se vrne, ko se njen paket posodobi ali znova
namesti.

Zaščito za to različico Pythona izklopite takole (kot root); izklopljena
ostane, dokler je znova ne vklopite:
    $ dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED
Znova jo vklopite takole:
    $ dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED

Upravljalnik paketov je v sliki mogoče nastaviti tako, da izpusti
datoteko zaščite, tudi pri poznejših različicah Pythona. Preden
namestite Python, v datoteko, navedeno v prvi vrstici, dodajte to, kar
sledi za njo:
    /etc/dpkg/dpkg.cfg.d/externally-managed
    path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED

Kdor gradi sliko za druge, naj zaščito ohrani, saj najbolj koristi prav
uporabnikom take slike.

Obhod zaščite in tveganje
-------------------------

Ta možnost programov pip in uv enkrat obide zaščito:
    --break-system-packages
Programi iz distribucije Debian lahko prenehajo delovati, prav tako tudi
sam upravljalnik paketov. To možnost uporabljajte samo v sistemu, ki ga
lahko pogrešate, na primer v sliki, ki jo lahko znova zgradite.

Enako za vse ukaze v lupini ali v sliki (samo pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
Enako za vse uporabnike, dokler tega ne razveljavite z drugim od
naslednjih dveh ukazov (samo pip, kot root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Take pozabljene nastavitve najdete takole:
    $ pip config list
To možnost v skriptih najdete takole:
    $ grep -rn break-system-packages .

Tudi če zaščito obidete, lahko pip zavrne odstranitev paketov iz
distribucije Debian, ker nimajo seznama svojih datotek, ki bi ga pip
lahko prebral.

Odpravljanje težav
------------------

Najprej preverite, kateri pip se zažene in za kateri Python:
    $ pip --version
Različice programa pip pred 23.0 zaščite ne poznajo in ta Python
spreminjajo brez opozorila. Ne dovolite, da pip iz distribucije Debian
nadgradi sam sebe, saj bi se izgubile spremembe, ki jih je vanj vnesla
distribucija.

Če je namestitev zavrnjena, čeprav je okolje aktivno, je bilo okolje
verjetno premaknjeno ali preimenovano: njegov pip se ne zažene več,
namesto njega pa se zažene drug. Okolje znova ustvarite na novem mestu:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ python3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

Okolij ne kopirajte: pip iz kopije namešča v izvirnik. V datotečnem
sistemu, ki ne dovoli zaganjanja programov (noexec), je namestitev
zavrnjena kljub aktivnemu okolju; okolje ustvarite drugje. Če v okolje
ne smete pisati, se obrnite na tistega, ki ga je ustvaril, ali pa
ustvarite svoje.
